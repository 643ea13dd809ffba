"""The program without a screen: what window, terminal and command line share."""
