"""One script a figure: each prints the figure and the machine, and none of them is a test."""
