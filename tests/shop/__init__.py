"""The shop of docs/recipes: only its models are here, all else is in the recipes."""
