"""A model of the browser script in Python, without a browser and without I/O.

A ``Tab`` keeps the page, the slots and the history of one browser tab. Each of its steps is a
generator: it yields the requests that the script would make, and is sent the responses. So the sync test
client, the async test client and ``manage.py slots --explain URL --from URL`` share one model::

    def fetch(request):  # request.method, .url, .headers, .data
        return Response(200, {"Content-Type": "text/html"}, "<title>Gallery</title>")


    tab = Tab()
    run(tab.load("/gallery/"), fetch)
    tab.page.title  # "Gallery"

No module on the path of a request imports this package.
"""

from django_parallel_routes.client.exchange import (
    Impossible,
    Navigation,
    Request,
    Response,
    Steps,
    run,
)
from django_parallel_routes.client.tab import Tab

__all__ = ["Impossible", "Navigation", "Request", "Response", "Steps", "Tab", "run"]
