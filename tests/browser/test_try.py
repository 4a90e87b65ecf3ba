import pytest
pytestmark = [pytest.mark.urls("tests.urls.loading"), pytest.mark.chromium]
def test_it(screen, gates):
    screen.page.on("console", lambda m: print("CONSOLE", m.text))
    screen.page.on("response", lambda m: print("RESP", m.status, m.url, m.headers.get("parallel-routes")))
    screen.hard("/d/")
    screen.evaluate("addEventListener('unhandledrejection', (e) => console.log('REJ', e.reason))")
    gates.close("side /d/side/1/")
    screen.click("/d/side/1/")
    gates.await_arrival("side /d/side/1/")
    screen.page.wait_for_timeout(2000)
    print(screen.slots(), [str(s) for s in screen._tab.sent])
    gates.open("side /d/side/1/")
    screen.settle()
