"""The examples in the docstrings of a module that needs pandas are run where it is installed."""

from importlib.util import find_spec

collect_ignore = [] if find_spec("pandas") else ["quoteattr/integrations/frames.py"]
