"""The helpdesk's screens: the call desk in two views, the quick reference, the spelled link, the count of calls."""
