"""What a request says, the request that each view gets, and the middleware that is asked about it."""
