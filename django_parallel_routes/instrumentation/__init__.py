"""What happened while a request was answered: plans, costs, queries, ``Server-Timing``."""
