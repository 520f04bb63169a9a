"""Run the command line as `python -m sitegen`."""

from sitegen.cli.main import main

main()
