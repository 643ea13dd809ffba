"""The program in a terminal: command line, the wizard line by line, the check of an installation. Knows no Qt."""
