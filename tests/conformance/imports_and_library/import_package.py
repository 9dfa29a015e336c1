import _shapes
import _shapes.round
from _shapes.flat import Square
from _shapes import flat
print(_shapes.NAME, _shapes.round.area(1), Square(3).area(), flat.Square is Square, _shapes.flat is flat)
print(_shapes.__name__, flat.__name__, Square.__module__, __name__)
