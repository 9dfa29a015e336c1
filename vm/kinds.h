/* Kinds of cells and the table of built-in types.
 *
 * OU_KIND_LIST is exactly `list`: an instance of a subclass of a built-in is an instance cell (see
 * vm/objects/instance.h) whose first body word is a hidden plain cell, its payload. So a kind test is
 * an exact-type test, and every fast path needs no second look. */
#ifndef OU_VM_KINDS_H
#define OU_VM_KINDS_H

#include "gc/static.h" /* OU_KIND_NONE .. OU_KIND_ELLIPSIS are 1..4 */

/* X(enumerator, Python name, enumerator of the base type, operations of its cells: ou_..._ops, content: ou_..._type).
 * Types with a kind of the same enumerator below are the types of cells of that kind. */
#define OU_CELL_TYPES(X)                                                                               \
    X(TYPE, "type", OBJECT, type, type)                                                                \
    X(INT, "int", OBJECT, int, int)                                                                    \
    X(FLOAT, "float", OBJECT, float, float)                                                            \
    X(STR, "str", OBJECT, str, str)                                                                    \
    X(BYTES, "bytes", OBJECT, bytes, bytes)                                                            \
    X(TUPLE, "tuple", OBJECT, tuple, tuple)                                                            \
    X(LIST, "list", OBJECT, list, list)                                                                \
    X(DICT, "dict", OBJECT, dict, dict)                                                                \
    X(SET, "set", OBJECT, set, set)                                                                    \
    X(FROZENSET, "frozenset", OBJECT, frozenset, frozenset)                                            \
    X(RANGE, "range", OBJECT, range, range)                                                            \
    X(SLICE, "slice", OBJECT, slice, slice)                                                            \
    X(CELL, "cell", OBJECT, cell_object, cell)                                                         \
    X(CODE, "code", OBJECT, code, code)                                                                \
    X(FUNCTION, "function", OBJECT, function, function)                                                \
    X(METHOD, "method", OBJECT, method, method)                                                        \
    X(NATIVE, "builtin_function_or_method", OBJECT, native, native)                                    \
    X(METHOD_DESCRIPTOR, "method_descriptor", OBJECT, native, method_descriptor)                       \
    X(WRAPPER_DESCRIPTOR, "wrapper_descriptor", OBJECT, native, wrapper_descriptor)                    \
    X(METHOD_WRAPPER, "method-wrapper", OBJECT, native, method_wrapper)                                \
    X(GETSET, "getset_descriptor", OBJECT, getset, getset)                                             \
    X(MEMBER, "member_descriptor", OBJECT, getset, member)                                             \
    X(PROPERTY, "property", OBJECT, property, property)                                                \
    X(STATICMETHOD, "staticmethod", OBJECT, wrapped, staticmethod)                                     \
    X(CLASSMETHOD, "classmethod", OBJECT, wrapped, classmethod)                                        \
    X(SUPER, "super", OBJECT, super, super)                                                            \
    X(MODULE, "module", OBJECT, module, module)                                                        \
    X(MAPPINGPROXY, "mappingproxy", OBJECT, mappingproxy, mappingproxy)                                \
    X(GENERATOR, "generator", OBJECT, generator, generator)                                            \
    X(FRAME, "frame", OBJECT, frame, frame)                                                            \
    X(TRACEBACK, "traceback", OBJECT, traceback, traceback)                                            \
    X(WEAKREF, "weakref.ReferenceType", OBJECT, weakref, weakref)                                      \
    X(WEAKPROXY, "_weakref.ProxyBase", OBJECT, weakref, weakproxy)                                     \
    X(FILE, "_io.TextIOWrapper", OBJECT, file, file)                                                   \
    X(BINARY_FILE, "_io.BufferedReader", OBJECT, file, binary_file)                                    \
    X(BINARY_WRITER, "_io.BufferedWriter", OBJECT, file, binary_writer)                                \
    X(DICT_KEYS, "dict_keys", OBJECT, view, dict_keys)                                                 \
    X(DICT_VALUES, "dict_values", OBJECT, view, dict_values)                                           \
    X(DICT_ITEMS, "dict_items", OBJECT, view, dict_items)                                              \
    X(LIST_ITERATOR, "list_iterator", OBJECT, index_iterator, list_iterator)                           \
    X(LIST_REVERSE_ITERATOR, "list_reverseiterator", OBJECT, index_iterator, list_reverse_iterator)    \
    X(TUPLE_ITERATOR, "tuple_iterator", OBJECT, index_iterator, tuple_iterator)                        \
    X(RANGE_ITERATOR, "range_iterator", OBJECT, range_iterator, range_iterator)                        \
    X(LONG_RANGE_ITERATOR, "longrange_iterator", OBJECT, index_iterator, long_range_iterator)          \
    X(STR_ITERATOR, "str_iterator", OBJECT, index_iterator, str_iterator)                              \
    X(STR_ASCII_ITERATOR, "str_ascii_iterator", OBJECT, index_iterator, str_iterator)                  \
    X(BYTES_ITERATOR, "bytes_iterator", OBJECT, index_iterator, bytes_iterator)                        \
    X(DICT_KEY_ITERATOR, "dict_keyiterator", OBJECT, index_iterator, dict_iterator)                    \
    X(DICT_VALUE_ITERATOR, "dict_valueiterator", OBJECT, index_iterator, dict_iterator)                \
    X(DICT_ITEM_ITERATOR, "dict_itemiterator", OBJECT, index_iterator, dict_iterator)                  \
    X(DICT_REVERSE_KEY_ITERATOR, "dict_reversekeyiterator", OBJECT, index_iterator, dict_iterator)     \
    X(DICT_REVERSE_VALUE_ITERATOR, "dict_reversevalueiterator", OBJECT, index_iterator, dict_iterator) \
    X(DICT_REVERSE_ITEM_ITERATOR, "dict_reverseitemiterator", OBJECT, index_iterator, dict_iterator)   \
    X(SET_ITERATOR, "set_iterator", OBJECT, index_iterator, set_iterator)                              \
    X(SEQUENCE_ITERATOR, "iterator", OBJECT, index_iterator, sequence_iterator)                        \
    X(CALLABLE_ITERATOR, "callable_iterator", OBJECT, index_iterator, callable_iterator)               \
    X(ENUMERATE, "enumerate", OBJECT, pipe, enumerate)                                                 \
    X(ZIP, "zip", OBJECT, pipe, zip)                                                                   \
    X(MAP, "map", OBJECT, pipe, map)                                                                   \
    X(FILTER, "filter", OBJECT, pipe, filter)                                                          \
    X(REVERSED, "reversed", OBJECT, pipe, reversed)
/* Those of the static cells, whose kinds gc/static.h has. */
#define OU_STATIC_TYPES(X)                                                          \
    X(NONE, "NoneType", OBJECT, none, none)                                         \
    X(BOOL, "bool", INT, bool, bool)                                                \
    X(NOTIMPLEMENTED, "NotImplementedType", OBJECT, notimplemented, notimplemented) \
    X(ELLIPSIS, "ellipsis", OBJECT, ellipsis, ellipsis)
#define OU_TYPES(X) X(OBJECT, "object", OBJECT, instance, object) OU_CELL_TYPES(X) OU_STATIC_TYPES(X)

#define OU_ENUM_TYPE(name, ...) OU_TYPE_##name,
typedef enum OuTypeIndex { OU_TYPES(OU_ENUM_TYPE) OU_TYPE_COUNT } OuTypeIndex;

/* Kinds beyond those of gc/static.h. The kind of a built-in type's cells is its index plus a constant, so the type of a
 * cell that is no instance is one subtraction away. */
#define OU_KIND_BASE 8

#define OU_ENUM_KIND(name, ...) OU_KIND_##name = OU_KIND_BASE + OU_TYPE_##name,
enum {
    OU_CELL_TYPES(OU_ENUM_KIND)
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

#define OU_ENUM_EXC(name, base) OU_EXC_##name,
typedef enum OuException { OU_EXCEPTIONS(OU_ENUM_EXC) OU_EXC_COUNT } OuException;

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
    D(reversed) D(length_hint) D(missing) D(enter) D(exit) D(class) D(dict) D(name) D(qualname) \
    D(module) D(doc) D(slots) D(annotations) D(main) D(file) D(path) D(package) D(builtins) \
    D(build_class) D(set_name) D(init_subclass) D(class_getitem) D(instancecheck) D(subclasscheck) \
    D(mro_entries) D(notes) D(bytes) D(spec) D(loader) D(classcell) D(slot_hint) D(weakref) D(virtual_subclass) \
    P(send) P(throw) P(close) P(keys) P(write) P(flush) P(stdout) P(stderr) P(path) P(argv) \
    P(builtins) P(excepthook) P(unraisablehook)
/* clang-format on */

#define OU_ENUM_SPECIAL(name) OU_NAME_##name,
#define OU_ENUM_PLAIN(name) OU_NAME_P_##name,
typedef enum OuNameIndex { OU_NAMES(OU_ENUM_SPECIAL, OU_ENUM_PLAIN) OU_NAME_COUNT } OuNameIndex;

#endif
