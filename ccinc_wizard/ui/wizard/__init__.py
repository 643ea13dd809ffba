"""The wizard: a page a question, the check, the result, and how it is saved and printed."""
