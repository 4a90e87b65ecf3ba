// A library that pages use by a global, as jQuery is.
window.deskLoads = (window.deskLoads ?? 0) + 1;
window.$ = (element) => ({
    stripe() {
        for (const row of element.querySelectorAll("tr")) row.classList.add("striped");
    },
});
