"""run_cython.py MODULE ARGUMENTS...: calls main(ARGUMENTS) of a module that the Makefile built."""
import importlib
import pathlib
import sys

sys.path.append(str(pathlib.Path(__file__).resolve().parents[3] / "target" / "peers"))
importlib.import_module(sys.argv[1]).main(sys.argv[2:])
