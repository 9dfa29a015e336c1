/* Kinds of cells and the table of built-in types.
 *
 * OU_KIND_LIST is exactly `list`: an instance of a subclass of a built-in is an instance cell (see
 * vm/objects/instance.h) whose first body word is a hidden plain cell, its payload. So a kind test is
 * an exact-type test, and every fast path needs no second look. */
#ifndef OU_VM_KINDS_H
#define OU_VM_KINDS_H

#include "gc/static.h" /* OU_KIND_NONE .. OU_KIND_ELLIPSIS are 1..4 */

/* X(enumerator, Python name of the type, enumerator of the base type).
 * Types with a kind of the same enumerator below are the types of cells of that kind. */
#define OU_TYPES(X)                                                     \
    X(OBJECT, "object", OBJECT)                                         \
    X(TYPE, "type", OBJECT)                                             \
    X(NONE, "NoneType", OBJECT)                                         \
    X(INT, "int", OBJECT)                                               \
    X(BOOL, "bool", INT)                                                \
    X(NOTIMPLEMENTED, "NotImplementedType", OBJECT)                     \
    X(ELLIPSIS, "ellipsis", OBJECT)                                     \
    X(FLOAT, "float", OBJECT)                                           \
    X(STR, "str", OBJECT)                                               \
    X(BYTES, "bytes", OBJECT)                                           \
    X(TUPLE, "tuple", OBJECT)                                           \
    X(LIST, "list", OBJECT)                                             \
    X(DICT, "dict", OBJECT)                                             \
    X(SET, "set", OBJECT)                                               \
    X(FROZENSET, "frozenset", OBJECT)                                   \
    X(RANGE, "range", OBJECT)                                           \
    X(SLICE, "slice", OBJECT)                                           \
    X(CELL, "cell", OBJECT)                                             \
    X(CODE, "code", OBJECT)                                             \
    X(FUNCTION, "function", OBJECT)                                     \
    X(METHOD, "method", OBJECT)                                         \
    X(NATIVE, "builtin_function_or_method", OBJECT)                     \
    X(METHOD_DESCRIPTOR, "method_descriptor", OBJECT)                   \
    X(WRAPPER_DESCRIPTOR, "wrapper_descriptor", OBJECT)                 \
    X(METHOD_WRAPPER, "method-wrapper", OBJECT)                         \
    X(GETSET, "getset_descriptor", OBJECT)                              \
    X(MEMBER, "member_descriptor", OBJECT)                              \
    X(PROPERTY, "property", OBJECT)                                     \
    X(STATICMETHOD, "staticmethod", OBJECT)                             \
    X(CLASSMETHOD, "classmethod", OBJECT)                               \
    X(SUPER, "super", OBJECT)                                           \
    X(MODULE, "module", OBJECT)                                         \
    X(MAPPINGPROXY, "mappingproxy", OBJECT)                             \
    X(GENERATOR, "generator", OBJECT)                                   \
    X(FRAME, "frame", OBJECT)                                           \
    X(TRACEBACK, "traceback", OBJECT)                                   \
    X(WEAKREF, "weakref.ReferenceType", OBJECT)                         \
    X(WEAKPROXY, "_weakref.ProxyBase", OBJECT)                          \
    X(NAMESPACE, "types.SimpleNamespace", OBJECT)                       \
    X(FILE, "_io.TextIOWrapper", OBJECT)                                \
    X(BINARY_FILE, "_io.BufferedReader", OBJECT)                        \
    X(BINARY_WRITER, "_io.BufferedWriter", OBJECT)                      \
    X(DICT_KEYS, "dict_keys", OBJECT)                                   \
    X(DICT_VALUES, "dict_values", OBJECT)                               \
    X(DICT_ITEMS, "dict_items", OBJECT)                                 \
    X(LIST_ITERATOR, "list_iterator", OBJECT)                           \
    X(LIST_REVERSE_ITERATOR, "list_reverseiterator", OBJECT)            \
    X(TUPLE_ITERATOR, "tuple_iterator", OBJECT)                         \
    X(RANGE_ITERATOR, "range_iterator", OBJECT)                         \
    X(LONG_RANGE_ITERATOR, "longrange_iterator", OBJECT)                \
    X(STR_ITERATOR, "str_iterator", OBJECT)                             \
    X(STR_ASCII_ITERATOR, "str_ascii_iterator", OBJECT)                 \
    X(BYTES_ITERATOR, "bytes_iterator", OBJECT)                         \
    X(DICT_KEY_ITERATOR, "dict_keyiterator", OBJECT)                    \
    X(DICT_VALUE_ITERATOR, "dict_valueiterator", OBJECT)                \
    X(DICT_ITEM_ITERATOR, "dict_itemiterator", OBJECT)                  \
    X(DICT_REVERSE_KEY_ITERATOR, "dict_reversekeyiterator", OBJECT)     \
    X(DICT_REVERSE_VALUE_ITERATOR, "dict_reversevalueiterator", OBJECT) \
    X(DICT_REVERSE_ITEM_ITERATOR, "dict_reverseitemiterator", OBJECT)   \
    X(SET_ITERATOR, "set_iterator", OBJECT)                             \
    X(SEQUENCE_ITERATOR, "iterator", OBJECT)                            \
    X(CALLABLE_ITERATOR, "callable_iterator", OBJECT)                   \
    X(ENUMERATE, "enumerate", OBJECT)                                   \
    X(ZIP, "zip", OBJECT)                                               \
    X(MAP, "map", OBJECT)                                               \
    X(FILTER, "filter", OBJECT)                                         \
    X(REVERSED, "reversed", OBJECT)

typedef enum OuTypeIndex {
#define X(name, text, base) OU_TYPE_##name,
    OU_TYPES(X)
#undef X
        OU_TYPE_COUNT
} OuTypeIndex;

/* Kinds beyond those of gc/static.h. The kind of a built-in type's cells is OU_KIND_OF(type): its index
 * plus a constant, so the type of a cell that is no instance is one subtraction away. */
#define OU_KIND_BASE 8
#define OU_KIND_OF(type) (OU_KIND_BASE + OU_TYPE_##type)

enum {
    OU_KIND_INT = OU_KIND_OF(INT),
    OU_KIND_FLOAT = OU_KIND_OF(FLOAT),
    OU_KIND_STR = OU_KIND_OF(STR),
    OU_KIND_BYTES = OU_KIND_OF(BYTES),
    OU_KIND_TUPLE = OU_KIND_OF(TUPLE),
    OU_KIND_LIST = OU_KIND_OF(LIST),
    OU_KIND_DICT = OU_KIND_OF(DICT),
    OU_KIND_SET = OU_KIND_OF(SET),
    OU_KIND_FROZENSET = OU_KIND_OF(FROZENSET),
    OU_KIND_RANGE = OU_KIND_OF(RANGE),
    OU_KIND_SLICE = OU_KIND_OF(SLICE),
    OU_KIND_CELL = OU_KIND_OF(CELL),
    OU_KIND_CODE = OU_KIND_OF(CODE),
    OU_KIND_FUNCTION = OU_KIND_OF(FUNCTION),
    OU_KIND_METHOD = OU_KIND_OF(METHOD),
    OU_KIND_NATIVE = OU_KIND_OF(NATIVE),
    OU_KIND_METHOD_DESCRIPTOR = OU_KIND_OF(METHOD_DESCRIPTOR),
    OU_KIND_WRAPPER_DESCRIPTOR = OU_KIND_OF(WRAPPER_DESCRIPTOR),
    OU_KIND_METHOD_WRAPPER = OU_KIND_OF(METHOD_WRAPPER),
    OU_KIND_GETSET = OU_KIND_OF(GETSET),
    OU_KIND_MEMBER = OU_KIND_OF(MEMBER),
    OU_KIND_PROPERTY = OU_KIND_OF(PROPERTY),
    OU_KIND_STATICMETHOD = OU_KIND_OF(STATICMETHOD),
    OU_KIND_CLASSMETHOD = OU_KIND_OF(CLASSMETHOD),
    OU_KIND_SUPER = OU_KIND_OF(SUPER),
    OU_KIND_MODULE = OU_KIND_OF(MODULE),
    OU_KIND_MAPPINGPROXY = OU_KIND_OF(MAPPINGPROXY),
    OU_KIND_GENERATOR = OU_KIND_OF(GENERATOR),
    OU_KIND_FRAME = OU_KIND_OF(FRAME),
    OU_KIND_TRACEBACK = OU_KIND_OF(TRACEBACK),
    OU_KIND_WEAKREF = OU_KIND_OF(WEAKREF),
    OU_KIND_WEAKPROXY = OU_KIND_OF(WEAKPROXY),
    OU_KIND_NAMESPACE = OU_KIND_OF(NAMESPACE),
    OU_KIND_FILE = OU_KIND_OF(FILE),
    OU_KIND_BINARY_FILE = OU_KIND_OF(BINARY_FILE),
    OU_KIND_BINARY_WRITER = OU_KIND_OF(BINARY_WRITER),
    OU_KIND_DICT_KEYS = OU_KIND_OF(DICT_KEYS),
    OU_KIND_DICT_VALUES = OU_KIND_OF(DICT_VALUES),
    OU_KIND_DICT_ITEMS = OU_KIND_OF(DICT_ITEMS),
    OU_KIND_LIST_ITERATOR = OU_KIND_OF(LIST_ITERATOR),
    OU_KIND_LIST_REVERSE_ITERATOR = OU_KIND_OF(LIST_REVERSE_ITERATOR),
    OU_KIND_TUPLE_ITERATOR = OU_KIND_OF(TUPLE_ITERATOR),
    OU_KIND_RANGE_ITERATOR = OU_KIND_OF(RANGE_ITERATOR),
    OU_KIND_LONG_RANGE_ITERATOR = OU_KIND_OF(LONG_RANGE_ITERATOR),
    OU_KIND_STR_ITERATOR = OU_KIND_OF(STR_ITERATOR),
    OU_KIND_STR_ASCII_ITERATOR = OU_KIND_OF(STR_ASCII_ITERATOR),
    OU_KIND_BYTES_ITERATOR = OU_KIND_OF(BYTES_ITERATOR),
    OU_KIND_DICT_KEY_ITERATOR = OU_KIND_OF(DICT_KEY_ITERATOR),
    OU_KIND_DICT_VALUE_ITERATOR = OU_KIND_OF(DICT_VALUE_ITERATOR),
    OU_KIND_DICT_ITEM_ITERATOR = OU_KIND_OF(DICT_ITEM_ITERATOR),
    OU_KIND_DICT_REVERSE_KEY_ITERATOR = OU_KIND_OF(DICT_REVERSE_KEY_ITERATOR),
    OU_KIND_DICT_REVERSE_VALUE_ITERATOR = OU_KIND_OF(DICT_REVERSE_VALUE_ITERATOR),
    OU_KIND_DICT_REVERSE_ITEM_ITERATOR = OU_KIND_OF(DICT_REVERSE_ITEM_ITERATOR),
    OU_KIND_SET_ITERATOR = OU_KIND_OF(SET_ITERATOR),
    OU_KIND_SEQUENCE_ITERATOR = OU_KIND_OF(SEQUENCE_ITERATOR),
    OU_KIND_CALLABLE_ITERATOR = OU_KIND_OF(CALLABLE_ITERATOR),
    OU_KIND_ENUMERATE = OU_KIND_OF(ENUMERATE),
    OU_KIND_ZIP = OU_KIND_OF(ZIP),
    OU_KIND_MAP = OU_KIND_OF(MAP),
    OU_KIND_FILTER = OU_KIND_OF(FILTER),
    OU_KIND_REVERSED = OU_KIND_OF(REVERSED),
    OU_KIND_TYPE = OU_KIND_OF(TYPE),
    /* Cells that are no built-in type's own. */
    OU_KIND_INSTANCE = OU_KIND_BASE + OU_TYPE_COUNT, /* attributes inline, by shape */
    OU_KIND_INSTANCE_OUT,                            /* attributes in a buffer: outgrew the cell */
    OU_KIND_INSTANCE_DICT,                           /* attributes in a real dict */
    OU_KIND_FUNCTION_EXTRA,                          /* hidden: defaults and the rest of a function */
    OU_KIND_COUNT
};
_Static_assert(OU_KIND_COUNT <= 255, "a kind is one byte");

/* The exception tree. X(name, base) in an order in which bases come first. */
#define OU_EXCEPTIONS(X)                       \
    X(BaseException, object)                   \
    X(SystemExit, BaseException)               \
    X(KeyboardInterrupt, BaseException)        \
    X(GeneratorExit, BaseException)            \
    X(Exception, BaseException)                \
    X(StopIteration, Exception)                \
    X(StopAsyncIteration, Exception)           \
    X(ArithmeticError, Exception)              \
    X(FloatingPointError, ArithmeticError)     \
    X(OverflowError, ArithmeticError)          \
    X(ZeroDivisionError, ArithmeticError)      \
    X(AssertionError, Exception)               \
    X(AttributeError, Exception)               \
    X(BufferError, Exception)                  \
    X(EOFError, Exception)                     \
    X(ImportError, Exception)                  \
    X(ModuleNotFoundError, ImportError)        \
    X(LookupError, Exception)                  \
    X(IndexError, LookupError)                 \
    X(KeyError, LookupError)                   \
    X(MemoryError, Exception)                  \
    X(NameError, Exception)                    \
    X(UnboundLocalError, NameError)            \
    X(OSError, Exception)                      \
    X(BlockingIOError, OSError)                \
    X(ChildProcessError, OSError)              \
    X(ConnectionError, OSError)                \
    X(BrokenPipeError, ConnectionError)        \
    X(ConnectionAbortedError, ConnectionError) \
    X(ConnectionRefusedError, ConnectionError) \
    X(ConnectionResetError, ConnectionError)   \
    X(FileExistsError, OSError)                \
    X(FileNotFoundError, OSError)              \
    X(InterruptedError, OSError)               \
    X(IsADirectoryError, OSError)              \
    X(NotADirectoryError, OSError)             \
    X(PermissionError, OSError)                \
    X(ProcessLookupError, OSError)             \
    X(TimeoutError, OSError)                   \
    X(ReferenceError, Exception)               \
    X(RuntimeError, Exception)                 \
    X(NotImplementedError, RuntimeError)       \
    X(RecursionError, RuntimeError)            \
    X(SyntaxError, Exception)                  \
    X(IndentationError, SyntaxError)           \
    X(TabError, IndentationError)              \
    X(SystemError, Exception)                  \
    X(TypeError, Exception)                    \
    X(ValueError, Exception)                   \
    X(UnicodeError, ValueError)                \
    X(UnicodeDecodeError, UnicodeError)        \
    X(UnicodeEncodeError, UnicodeError)        \
    X(UnicodeTranslateError, UnicodeError)     \
    X(Warning, Exception)                      \
    X(BytesWarning, Warning)                   \
    X(DeprecationWarning, Warning)             \
    X(EncodingWarning, Warning)                \
    X(FutureWarning, Warning)                  \
    X(ImportWarning, Warning)                  \
    X(PendingDeprecationWarning, Warning)      \
    X(ResourceWarning, Warning)                \
    X(RuntimeWarning, Warning)                 \
    X(SyntaxWarning, Warning)                  \
    X(UnicodeWarning, Warning)                 \
    X(UserWarning, Warning)                    \
    X(UnsupportedOperation, OSError)

typedef enum OuException {
#define X(name, base) OU_EXC_##name,
    OU_EXCEPTIONS(X)
#undef X
        OU_EXC_COUNT
} OuException;

/* Names the VM itself looks up: vm->names[OU_NAME_init] is the interned string "__init__".
 * D(x) spells __x__, P(x) spells x. */
/* clang-format off */
#define OU_NAMES(D, P) \
    D(init) D(new) D(del) D(repr) D(str) D(hash) D(call) D(getattr) D(getattribute) D(setattr) D(delattr) \
    D(eq) D(ne) D(lt) D(le) D(gt) D(ge) D(iter) D(next) D(len) D(contains) D(getitem) D(setitem) D(delitem) \
    D(bool) D(index) D(int) D(float) D(neg) D(pos) D(invert) D(abs) D(get) D(set) D(delete) D(add) D(radd) \
    D(iadd) D(sub) D(rsub) D(isub) D(mul) D(rmul) D(imul) D(truediv) D(rtruediv) D(itruediv) D(floordiv) \
    D(rfloordiv) D(ifloordiv) D(mod) D(rmod) D(imod) D(pow) D(rpow) D(ipow) D(lshift) D(rlshift) D(ilshift) \
    D(rshift) D(rrshift) D(irshift) D(and) D(rand) D(iand) D(or) D(ror) D(ior) D(xor) D(rxor) D(ixor) \
    D(matmul) D(rmatmul) D(imatmul) D(divmod) D(rdivmod) D(round) D(trunc) D(floor) D(ceil) D(format) D(dir) \
    D(sizeof) D(reversed) D(length_hint) D(missing) D(enter) D(exit) D(class) D(dict) D(name) D(qualname) \
    D(module) D(doc) D(slots) D(annotations) D(main) D(file) D(path) D(package) D(all) D(builtins) \
    D(build_class) D(set_name) D(init_subclass) D(class_getitem) D(instancecheck) D(subclasscheck) \
    D(mro_entries) D(notes) D(bytes) D(spec) D(loader) D(classcell) D(slot_hint) D(weakref) D(virtual_subclass) \
    P(send) P(throw) P(close) P(keys) P(write) P(readline) P(flush) P(stdout) P(stderr) P(stdin) P(path) P(argv) \
    P(builtins) P(excepthook) P(unraisablehook)
/* clang-format on */

typedef enum OuNameIndex {
#define D(name) OU_NAME_##name,
#define P(name) OU_NAME_P_##name,
    OU_NAMES(D, P)
#undef D
#undef P
        OU_NAME_COUNT
} OuNameIndex;

#endif
