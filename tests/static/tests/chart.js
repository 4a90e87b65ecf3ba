window.chartLoads = (window.chartLoads ?? 0) + 1;
window.drawChart = (element, numbers) => {
    element.textContent += `drawn: ${numbers.join(", ")}`;
};
