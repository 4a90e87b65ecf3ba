"""Firefox and WebKit, as Debian packages them: one is driven by Marionette, the other by Selenium.

Both use the commands of WebDriver, which don't report requests. So the requests are watched in the live
server.
"""

from __future__ import annotations

import itertools
import json
import os
import select
import shutil
import socket
import subprocess
import time
import warnings
from abc import abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pytest
from pytest_django.live_server_helper import LiveServer

from tests.browser.engines import (
    PATIENCE,
    Engine,
    Noise,
    Point,
    Replaced,
    ScriptError,
    Sent,
    Tab,
)
from tests.support.processes import process

KEYS = {
    "Backspace": "\ue003",
    "Tab": "\ue004",
    "Enter": "\ue007",
    "Shift": "\ue008",
    "Control": "\ue009",
    "Alt": "\ue00a",
    "Escape": "\ue00c",
    "PageUp": "\ue00e",
    "PageDown": "\ue00f",
    "End": "\ue010",
    "Home": "\ue011",
    "ArrowLeft": "\ue012",
    "ArrowUp": "\ue013",
    "ArrowRight": "\ue014",
    "ArrowDown": "\ue015",
    "Delete": "\ue017",
    "Space": " ",
}

# Neither driver waits for a navigation, or reports its beginning: pages load as for a user.
CAPABILITIES = {"pageLoadStrategy": "none"}

LOST = 3  # seconds until a script without an answer from WebKit counts as lost
TICK = 0.005  # seconds between two looks of what waits for a condition
tickets = itertools.count()

# Drivers wait for promises by themselves, and for ever if the document goes into the back-forward cache.
SCRIPT = """
const [arg, ticket] = arguments;
const says = (value) => ({{ json: JSON.stringify(value) ?? "null" }});
const fails = (error) => ({{ error: String(error) }});
try {{
    let value = (
        {script}
    );
    if (typeof value === "function") value = value(arg);
    if (typeof value?.then !== "function") return says(value);
    window.promised ??= {{}};
    promised[ticket] = {{}};
    value.then(says, fails).then((outcome) => {{ promised[ticket] = outcome; }});
    return {{}};
}} catch (error) {{
    return fails(error);
}}
"""
OUTCOME = "return window.promised?.[arguments[0]] ?? null;"

# Where to click, when the element is there, does not move and is not covered.
POINT = """async (target) => {
    const isSelector = /^(#|css=)/.test(target);
    const [selector] = target.replace(/^css=/, "").split(":visible");
    const named = "a[href], button, [role=button], [role=link], input[type=submit]";
    const name = ({ ariaLabel, innerText, value }) =>
        (ariaLabel || innerText || value || "").replace(/\\s+/g, " ").trim();
    const found = [...document.querySelectorAll(isSelector ? selector : named)].filter(
        (element) =>
            (isSelector || name(element) === target) &&
            element.checkVisibility({ visibilityProperty: true }),
    );
    if (found.length > 1) throw new Error(`${found.length} elements are ${target}`);
    const [element] = found;
    const center = () => {
        const [box] = element?.getClientRects() ?? [];
        return box && [box.left + box.width / 2, box.top + box.height / 2].map(Math.floor);
    };
    const isOnTop = ([x, y]) => element.contains(document.elementFromPoint(x, y));
    if (!center()) return null;
    if (!isOnTop(center())) element.scrollIntoView({ block: "center", behavior: "instant" });
    const before = center();
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    return String(before) === String(center()) && isOnTop(before) ? before : null;
}"""

# A round trip: earlier requests have arrived, and earlier responses are here.
STATIC_FILE = "/static/django_parallel_routes/parallel-routes.min.css"
ROUND_TRIP = f"""() => fetch("{STATIC_FILE}", {{ cache: "no-store" }})
    .then((response) => response.text())
    .then(() => document.readyState)"""

LEAVE = "() => { window.isLeft = true; }"
HAS_ARRIVED = """() => !window.isLeft && location.href !== "about:blank" &&
    document.readyState === "complete" """
HAS_SIZE = "([width, height]) => innerWidth === width && innerHeight === height"
AROUND = "[outerWidth - innerWidth, outerHeight - innerHeight]"


class Traffic:
    """The requests of browsers to the live server, which runs in this process."""

    def __init__(self, live_server: LiveServer) -> None:
        self.sent: list[Sent] = []
        self.document_status = 0
        self._open: dict[object, tuple[str, socket.socket]] = {}
        traffic, server = self, live_server.thread.httpd

        class Handler(server.RequestHandlerClass):
            how = ""

            def get_environ(self) -> dict[str, Any]:
                self.how = traffic._how(self.path, self.headers)
                if self.how:
                    headers = {name.lower(): value for name, value in self.headers.items()}
                    traffic._open[self] = (self.path, self.connection)
                    traffic.sent.append(Sent(self.how, self.command, self.path, headers))
                return super().get_environ()

            def log_request(self, code: Any = "-", size: Any = "-") -> None:
                if self.how == "hard":
                    traffic.document_status = int(code)

            def handle_one_request(self) -> None:
                try:
                    super().handle_one_request()
                finally:
                    traffic._open.pop(self, None)

        server.RequestHandlerClass = Handler

    def _how(self, path: str, headers: Any) -> str:
        if path == STATIC_FILE:
            return ""
        kinds = {"document": "hard", "iframe": "hard", "empty": "soft"}
        return kinds.get(headers["Sec-Fetch-Dest"], "")

    def pending(self) -> str:
        return ", ".join(
            path for path, connection in list(self._open.values()) if not is_closed(connection)
        )


def is_closed(connection: socket.socket) -> bool:
    """Tell whether the browser has closed the connection, as it does when it aborts a request."""
    try:
        [readable, _, _] = select.select([connection], [], [], 0)
        return bool(readable) and not connection.recv(1, socket.MSG_PEEK)
    except (OSError, ValueError):
        return True


class WebDriverEngine(Engine):
    """A browser that is driven by WebDriver."""

    torn: tuple[
        type[Exception], ...
    ]  # raised if another document replaces this one during a script
    refused: type[Exception]  # the base class of what it raises

    def __init__(self, traffic: Traffic) -> None:
        self.traffic = traffic
        self.window = ""
        self.around = [0, 0]  # how much wider and higher than its viewport a window is

    def open(self, base_url: str, **options: Any) -> WebDriverTab:
        if options:
            pytest.skip("Only Playwright's Chromium knows such windows")
        self.forget()
        self.traffic.sent.clear()
        return WebDriverTab(self, base_url, self.open_window(), [])

    def look_at(self, window: str) -> None:
        if self.window != window:
            self.switch(window)
            self.window = window

    @abstractmethod
    def open_window(self) -> str: ...

    @abstractmethod
    def switch(self, window: str) -> None: ...

    @abstractmethod
    def close_window(self) -> None:
        """Close the current window."""

    @abstractmethod
    def forget(self) -> None:
        """Forget cookies."""

    @abstractmethod
    def navigate(self, url: str) -> None: ...

    @abstractmethod
    def run(self, script: str, *args: Any) -> Any:
        """Run the body of a function in the page, and return its result."""

    @abstractmethod
    def perform(self, actions: list[dict[str, Any]]) -> None: ...

    @abstractmethod
    def set_size(self, width: int, height: int) -> None: ...


class WebDriverTab(Tab):
    """A tab, in a separate window, because tabs in the background are not painted."""

    def __init__(
        self, engine: WebDriverEngine, base_url: str, window: str, opened: list[str]
    ) -> None:
        self.noise = Noise(is_heard=False)
        self.sent = engine.traffic.sent
        self._engine = engine
        self._base_url = base_url
        self._window = window
        self._opened = opened
        opened.append(window)
        self.resize(1280, 720)

    def _look(self) -> WebDriverEngine:
        self._engine.look_at(self._window)
        return self._engine

    def goto(self, path: str) -> int:
        self.evaluate(LEAVE)
        self._look().navigate(self._base_url + path)
        self._await_arrival()
        return self._engine.traffic.document_status

    def reload(self) -> None:
        self.evaluate("() => { window.isLeft = true; setTimeout(() => location.reload()); }")
        self._await_arrival()

    def _await_arrival(self) -> None:
        self._await(HAS_ARRIVED, None, "the document has loaded", 3 * PATIENCE)

    def _await(self, script: str, arg: Any, claim: str, patience: float = PATIENCE) -> Any:
        deadline = time.monotonic() + patience
        while True:
            try:
                if value := self.evaluate(script, arg):
                    return value
            except Replaced:
                pass
            assert time.monotonic() < deadline, f"Waited in vain until {claim}"
            time.sleep(TICK)

    @property
    def url(self) -> str:
        return self.evaluate("location.href")

    def evaluate(self, script: str, arg: Any = None) -> Any:
        ticket = str(next(tickets))
        outcome = self._run(SCRIPT.format(script=script), arg, ticket)
        while outcome == {}:
            time.sleep(TICK)
            outcome = self._run(OUTCOME, ticket)
        if outcome is None:
            raise Replaced("The document that a script was to be evaluated in is gone")
        if "error" in outcome:
            raise ScriptError(outcome["error"])
        return json.loads(outcome["json"])

    def _run(self, script: str, *args: Any) -> Any:
        engine = self._look()
        try:
            return engine.run(script, *args)
        except engine.torn as error:
            raise Replaced(str(error)) from None
        except engine.refused as error:
            raise ScriptError(str(error)) from None

    def pending(self) -> str:
        asked = len(self.sent)
        try:
            state = self.evaluate(ROUND_TRIP)
        except ScriptError as error:  # nothing can be fetched while a document is being left
            return str(error)
        if len(self.sent) > asked:
            return str(self.sent[-1])
        return self._engine.traffic.pending() or ("" if state == "complete" else "a document")

    def click(self, target: str) -> None:
        point = self._await(POINT, target, f"{target} can be clicked")
        self.drag(point, point)

    def drag(self, *points: Point) -> None:
        moves = [
            {"type": "pointerMove", "x": x, "y": y, "duration": 0, "origin": "viewport"}
            for x, y in points
        ]
        actions = [
            moves[0],
            {"type": "pointerDown", "button": 0},
            *moves[1:],
            {"type": "pointerUp", "button": 0},
        ]
        mouse = {"type": "pointer", "id": "mouse", "parameters": {"pointerType": "mouse"}}
        self._look().perform([mouse | {"actions": actions}])

    def press(self, key: str) -> None:
        names = [key] if len(key) == 1 else key.split("+")
        keys = [KEYS.get(name, name) for name in names]
        self._keys(
            *[{"type": "keyDown", "value": key} for key in keys],
            *[{"type": "keyUp", "value": key} for key in reversed(keys)],
        )

    def type(self, text: str) -> None:
        self._keys(
            *[{"type": kind, "value": key} for key in text for kind in ("keyDown", "keyUp")]
        )

    def _keys(self, *actions: dict[str, str]) -> None:
        self._look().perform([{"type": "key", "id": "keyboard", "actions": list(actions)}])

    def answer(self, *, yes: bool) -> None:
        """Replace the page's own dialogs. The browser's own question can't be answered."""
        script = """(yes) => {
            window.asked = [];
            window.confirm = (text) => (asked.push(text), yes);
        }"""
        self.evaluate(script, yes)

    def questions(self) -> list[str]:
        return self.evaluate("asked")

    def resize(self, width: int, height: int) -> None:
        """Give the viewport this size. The window is larger by its frame."""
        engine = self._look()
        for _ in range(10):
            engine.set_size(width + engine.around[0], height + engine.around[1])
            with suppress(AssertionError):
                self._await(HAS_SIZE, [width, height], "the viewport has followed", patience=0.5)
                return
            engine.around = self.evaluate(AROUND)  # right once both have followed
        raise AssertionError(f"The viewport can't be made {width} × {height}")

    def new_tab(self) -> WebDriverTab:
        window = self._engine.open_window()
        return WebDriverTab(self._engine, self._base_url, window, self._opened)

    def close(self) -> None:
        for window in self._opened:
            self._engine.look_at(window)
            self._engine.close_window()
        self._engine.window = ""


class Firefox(WebDriverEngine):
    def __init__(self, traffic: Traffic, marionette: Any) -> None:
        from marionette_driver import errors

        super().__init__(traffic)
        self._marionette = marionette
        self._home = marionette.current_window_handle
        self.refused = errors.MarionetteException
        self.torn = (errors.JavascriptException, errors.NoSuchWindowException)

    def open_window(self) -> str:
        self.look_at(self._home)
        return self._marionette.open(type="window", focus=True)["handle"]

    def switch(self, window: str) -> None:
        self._marionette.switch_to_window(window)

    def close_window(self) -> None:
        self._marionette.close()

    def forget(self) -> None:
        self.look_at(self._home)
        with self._marionette.using_context("chrome"):
            self._marionette.execute_script("Services.cookies.removeAll()")

    def navigate(self, url: str) -> None:
        self._marionette.navigate(url)

    def run(self, script: str, *args: Any) -> Any:
        # Without a sandbox, scripts use the globals of the page.
        return self._marionette.execute_script(script, args, sandbox=None)

    def perform(self, actions: list[dict[str, Any]]) -> None:
        self._marionette.actions.perform(actions)

    def set_size(self, width: int, height: int) -> None:
        self._marionette.set_window_rect(width=width, height=height)


@contextmanager
def tolerance() -> Iterator[None]:
    """Ignore warnings of third-party code."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


@contextmanager
def firefox(traffic: Traffic) -> Iterator[Firefox]:
    binary = program("firefox-esr", "firefox-esr")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with tolerance():
        from marionette_driver.marionette import Marionette

        marionette = Marionette(
            host="127.0.0.1", port=port, bin=binary, headless=True, gecko_log=os.devnull
        )
    try:
        with tolerance():
            marionette.start_session(CAPABILITIES)
        yield Firefox(traffic, marionette)
    finally:
        marionette.cleanup()


class WebKit(WebDriverEngine):
    def __init__(self, traffic: Traffic, driver: Any, config: Any) -> None:
        from selenium.common import exceptions
        from urllib3.exceptions import TimeoutError as NoAnswer

        super().__init__(traffic)
        self._driver = driver
        self._config = config
        self._home = driver.current_window_handle
        self.refused = exceptions.WebDriverException
        self.torn = (NoAnswer, exceptions.NoSuchFrameException, exceptions.NoSuchWindowException)

    def open_window(self) -> str:
        self.look_at(self._home)
        self._driver.switch_to.new_window("window")
        self.window = self._driver.current_window_handle
        return self.window

    def switch(self, window: str) -> None:
        self._driver.switch_to.window(window)

    def close_window(self) -> None:
        self._driver.close()

    def forget(self) -> None:
        pass

    def navigate(self, url: str) -> None:
        self._driver.get(url)

    def run(self, script: str, *args: Any) -> Any:
        # None is ever answered if the page goes into the back/forward cache meanwhile.
        patience, self._config.timeout = self._config.timeout, LOST
        try:
            return self._driver.execute_script(script, *args)
        finally:
            self._config.timeout = patience

    def perform(self, actions: list[dict[str, Any]]) -> None:
        self._driver.execute("actions", {"actions": actions})

    def set_size(self, width: int, height: int) -> None:
        self._driver.set_window_size(width, height)


@contextmanager
def display() -> Iterator[str]:
    """Start a virtual display."""
    command = [program("Xvfb", "xvfb"), "-displayfd", "1", "-screen", "0", "1920x1200x24"]
    with process(
        [*command, "-nolisten", "tcp"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as server:
        assert server.stdout
        yield ":" + server.stdout.readline().strip()


@contextmanager
def webkit(traffic: Traffic) -> Iterator[WebKit]:
    from selenium.webdriver import Remote, WebKitGTKOptions, WebKitGTKService
    from selenium.webdriver.remote.client_config import ClientConfig
    from selenium.webdriver.remote.remote_connection import RemoteConnection

    driver_path = program("WebKitWebDriver", "webkit2gtk-driver")
    with display() as name:
        environ = os.environ | {
            "DISPLAY": name,
            "GDK_BACKEND": "x11",
            "LIBGL_ALWAYS_SOFTWARE": "1",
            "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1",  # root has none
        }
        options = WebKitGTKOptions()
        for capability, value in CAPABILITIES.items():
            options.set_capability(capability, value)
        service = WebKitGTKService(driver_path, env=environ)
        service.start()
        try:
            config = ClientConfig(service.service_url, timeout=60)
            driver = Remote(RemoteConnection(client_config=config), options=options)
            yield WebKit(traffic, driver, config)
            driver.quit()
        finally:
            service.stop()


def program(name: str, package: str) -> str:
    path = shutil.which(name)
    if path is None:
        pytest.fail(f"{name} is missing. On Debian: apt-get install {package}", pytrace=False)
    return path
