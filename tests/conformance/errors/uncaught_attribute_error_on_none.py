x = None
x.go()
