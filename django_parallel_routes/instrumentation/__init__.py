"""What a request has cost, for the inspector, the debug toolbar and ``Server-Timing``."""
