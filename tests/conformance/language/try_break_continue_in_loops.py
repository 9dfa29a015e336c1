for i in range(5):
    try:
        if i == 1:
            continue
        if i == 3:
            break
        print("body", i)
    except ValueError:
        pass
    else:
        print("else", i)
    finally:
        print("finally", i)
else:
    print("never")
for i in range(3):
    try:
        raise ValueError(i)
    except ValueError:
        if i == 0:
            continue
        break
    finally:
        print("cleanup", i)
print("after", i)
