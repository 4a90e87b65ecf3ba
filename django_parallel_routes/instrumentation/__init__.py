"""What has happened while a request was answered: plans, costs, queries, Server-Timing."""
