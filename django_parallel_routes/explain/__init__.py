"""What is declared and decided, for people to read: ``manage.py slots``, and whoever shows a plan.

``words`` puts a plan into words, and is all that the server itself imports of this. ``rehearsing`` has the
server decide on a request without running a page (``sketching``); ``firing`` says of each interception
why it fires or not; ``listing`` has the tree of a URLconf, and ``drawing`` prints both.
"""
