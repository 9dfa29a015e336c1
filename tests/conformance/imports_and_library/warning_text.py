import sys
import warnings


def function():
    warnings.warn("a warning of the program")
    warnings.warn("about the caller", RuntimeWarning, 2)


function()
function()
warnings.warn("deprecated", DeprecationWarning)
warnings.filterwarnings("ignore")
warnings.warn("never seen")
sys.exit(1)
