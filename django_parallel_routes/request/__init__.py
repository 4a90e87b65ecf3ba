"""What a request says: where it is, what its page shows, and what each view of it is asked."""
