from stand_in import *
