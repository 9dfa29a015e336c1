print("package init")
NAME = "shapes"
