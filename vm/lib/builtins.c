/* The built-in functions. */
#include <string.h>

#include "compiler/compile.h"
#include "vm/objects/help.h"
#include "vm/io.h"
#include "vm/lib/lib.h"
#include "vm/special.h"

OuStr *ou_name_argument(OuVM *vm, OuValue value) {
    OuStr *plain = ou_str_peek(vm, value);
    return plain != NULL ? ou_str_intern_take(vm, ou_as_str(ou_incref(ou_word(plain))))
                         : ou_null(ou_raise_type_error(vm, "attribute name must be string, not '%T'", value));
}

/* --- print and input ------------------------------------------------------------------------------------------------------------ */

static int write_to(OuVM *vm, OuValue file, OuValue text) {
    if (ou_is_kind(file, OU_KIND_FILE)) { return ou_file_write(vm, file, ou_as_str(text)); }
    OuValue result = ou_call_method(vm, file, vm->names[OU_NAME_P_write], &text, 1);
    return ou_status_take(vm, result);
}

/* str(value), written. */
static int write_str(OuVM *vm, OuValue file, OuValue value) {
    OuValue text = ou_str(vm, value);
    int status = text == OU_NOTHING ? -1 : write_to(vm, file, text);
    ou_drop(vm, text);
    return status;
}

/* fixed: sep, end, file, flush; then the objects */
static OU_NATIVE(builtin_print) {
    OuValue file = args[2], *scratch = args + nargs, between[2] = {ou_word(vm->latin1[' ']), ou_word(vm->latin1['\n'])};
    for (int i = 0; i < 2; i++) {
        if (args[i] == OU_NOTHING || args[i] == OU_NONE) { continue; }
        between[i] = ou_plain_peek(vm, args[i], OU_KIND_STR);
        if (between[i] == OU_NOTHING) {
            return ou_raise_type_error(vm, "%s must be None or a string, not %T", i == 0 ? "sep" : "end", args[i]);
        }
    }
    if (file == OU_NOTHING || file == OU_NONE) {
        file = ou_dict_peek_name(vm->sys, vm->names[OU_NAME_P_stdout]);
        if (file == OU_NOTHING) { return ou_raise(vm, OU_EXC_RuntimeError, "lost sys.stdout"); }
        if (file == OU_NONE) { return ou_new_none(); }
    }
    scratch[0] = ou_incref(file);
    for (uint32_t i = 4; i < nargs; i++) {
        if ((i > 4 && write_to(vm, file, between[0]) < 0) || write_str(vm, file, args[i]) < 0) { return OU_NOTHING; }
    }
    if (write_to(vm, file, between[1]) < 0) { return OU_NOTHING; }
    int flush = args[3] == OU_NOTHING ? 0 : ou_truth(vm, args[3]);
    if (flush <= 0) { return ou_none_unless(flush); }
    return ou_none_unless(ou_status_take(vm, ou_call_method(vm, file, vm->names[OU_NAME_P_flush], NULL, 0)));
}

static OU_NATIVE(builtin_input) {
    OuValue prompt = nargs > 0 ? args[0] : OU_NOTHING;
    return ou_library_method_in(vm, "_functions", "read_input", &prompt, nargs);
}

/* --- objects ------------------------------------------------------------------------------------------------------------------------- */

static OU_NATIVE(builtin_len) {
    int64_t length = ou_len(vm, args[0]);
    return length < 0 ? OU_NOTHING : ou_int(vm, length);
}

static OU_NATIVE(builtin_repr) { return ou_repr(vm, args[0]); }
static OU_NATIVE(builtin_ascii) { return ou_ascii(vm, args[0]); }
static OU_NATIVE(builtin_id) {
    return ou_is_cell(args[0]) ? ou_int_from_u64(vm, args[0]) : ou_int_from_u64(vm, args[0] | 1u << 3);
}

static OU_NATIVE(builtin_hash) {
    int64_t hash;
    return ou_hash(vm, args[0], &hash) < 0 ? OU_NOTHING : ou_int(vm, hash);
}

static OU_NATIVE(builtin_callable) { return ou_truth_unless(ou_type_of(vm, args[0])->slots.call != NULL); }
static OU_NATIVE(builtin_isinstance) { return ou_truth_unless(ou_is_instance(vm, args[0], args[1])); }
static OU_NATIVE(builtin_issubclass) { return ou_truth_unless(ou_is_subclass(vm, args[0], args[1])); }

static OU_NATIVE(builtin_getattr) {
    OuStr *name = ou_name_argument(vm, args[1]);
    OuValue value = OU_NOTHING;
    if (name == NULL) { return OU_NOTHING; }
    if (nargs == 2) {
        value = ou_getattr(vm, args[0], name);
    } else if (ou_find_attr(vm, args[0], name, &value) == 0) {
        value = ou_incref(args[2]);
    }
    ou_drop(vm, ou_word(name));
    return value;
}

static OU_NATIVE(builtin_hasattr) {
    OuStr *name = ou_name_argument(vm, args[1]);
    OuValue value = OU_NOTHING;
    int found = name == NULL ? -1 : ou_find_attr(vm, args[0], name, &value);
    ou_drop(vm, ou_word(name));
    ou_drop(vm, value);
    return ou_truth_unless(found);
}

static OU_NATIVE(builtin_setattr) {
    OuStr *name = ou_name_argument(vm, args[1]);
    int status = name == NULL ? -1 : ou_setattr(vm, args[0], name, nargs > 2 ? args[2] : OU_NOTHING);
    ou_drop(vm, ou_word(name));
    return ou_none_unless(status);
}

static OU_NATIVE(builtin_vars) {
    if (nargs == 0) {
        return ou_incref(vm->frame->locals != OU_NOTHING ? vm->frame->locals : ou_word(vm->frame->globals));
    }
    OuValue dict;
    int found = ou_find_attr(vm, args[0], vm->names[OU_NAME_dict], &dict);
    if (found == 0) { return ou_raise_type_error(vm, "vars() argument must have __dict__ attribute"); }
    return found > 0 ? dict : OU_NOTHING;
}

static OuValue locals_of(OuVM *vm, OuFrame *frame) {
    if (frame->func == NULL || !(frame->code->flags & OU_UNIT_FUNCTION)) {
        return ou_incref(frame->locals != OU_NOTHING ? frame->locals : ou_word(frame->globals));
    }
    return ou_frame_locals(vm, frame->func, frame->base, frame->base + OU_FAR_BASE);
}

static OU_NATIVE(builtin_locals) { return locals_of(vm, vm->frame); }
static OU_NATIVE(builtin_globals) { return ou_incref(ou_word(vm->frame->globals)); }

OuValue ou_dir(OuVM *vm, OuValue object) {
    OuValue *regs = ou_regs_open(vm, 2), names = OU_NOTHING;
    if (regs == NULL) { return OU_NOTHING; }
    if (object == OU_NOTHING) {
        regs[0] = locals_of(vm, vm->frame);
    } else if (ou_call_special(vm, object, vm->names[OU_NAME_dir], NULL, 0, &regs[0]) <= 0) {
        regs[0] = OU_NOTHING;
    }
    regs[1] = regs[0] == OU_NOTHING ? OU_NOTHING : ou_list_of(vm, regs[0]);
    if (regs[1] != OU_NOTHING && ou_list_sort(vm, ou_as_list(regs[1]), OU_NOTHING, OU_NOTHING) == 0) {
        names = ou_reg_take(&regs[1]);
    }
    return ou_regs_result(vm, regs, names);
}

static OU_NATIVE(builtin_dir) { return ou_dir(vm, nargs > 0 ? args[0] : OU_NOTHING); }

static OU_NATIVE(builtin_format) {
    OuValue spec = nargs > 1 ? ou_plain_peek(vm, args[1], OU_KIND_STR) : OU_NOTHING;
    if (nargs > 1 && spec == OU_NOTHING) {
        return ou_raise_type_error(vm, "format() argument 2 must be str, not %T", args[1]);
    }
    return ou_format_value(vm, args[0], spec);
}

/* --- iteration -------------------------------------------------------------------------------------------------------------------------- */

static OU_NATIVE(builtin_iter) {
    if (nargs == 1) { return ou_iter(vm, args[0]); }
    if (ou_type_of(vm, args[0])->slots.call == NULL) {
        return ou_raise_type_error(vm, "iter(v, w): v must be callable");
    }
    OuValue iterator = ou_index_iterator_new(vm, OU_KIND_CALLABLE_ITERATOR, args[0]);
    if (iterator != OU_NOTHING) { ou_slot_init(&((OuIndexIterator *)(uintptr_t)iterator)->second, ou_incref(args[1])); }
    return iterator;
}

static OU_NATIVE(builtin_next) {
    OuType *type = ou_type_of(vm, args[0]);
    if (type->slots.next == NULL) { return ou_raise_type_error(vm, "'%T' object is not an iterator", args[0]); }
    OuValue item = type->slots.next(vm, args[0]);
    if (item != OU_NOTHING) { return item; }
    if (vm->pending != OU_NOTHING && !ou_pending_is(vm, OU_EXC_StopIteration)) { return OU_NOTHING; }
    if (nargs > 1) {
        ou_clear_pending(vm);
        return ou_incref(args[1]);
    }
    return vm->pending != OU_NOTHING ? OU_NOTHING : ou_raise_stop_iteration(vm, OU_NONE);
}

static OuValue any_all(OuVM *vm, OuValue *args, uint32_t nargs, bool stop_at) {
    OuValue *scratch = args + nargs; /* iterator, item */
    scratch[0] = ou_iter(vm, args[0]);
    int more = scratch[0] != OU_NOTHING ? 1 : -1, truth = !stop_at;
    while (more > 0 && truth == !stop_at && (more = ou_next_into(vm, scratch[0], &scratch[1])) > 0) {
        truth = ou_truth(vm, scratch[1]);
    }
    return ou_truth_unless(more < 0 ? -1 : truth);
}

static OU_NATIVE(builtin_any) { return any_all(vm, args, nargs, true); }
static OU_NATIVE(builtin_all) { return any_all(vm, args, nargs, false); }

OuValue ou_accumulate(OuVM *vm, OuBinary op, OuValue iterable, OuValue start_take, OuValue scratch[3]) {
    scratch[1] = start_take;
    scratch[0] = start_take != OU_NOTHING ? ou_iter(vm, iterable) : OU_NOTHING;
    while (scratch[0] != OU_NOTHING && (scratch[2] = ou_next(vm, scratch[0])) != OU_NOTHING) {
        OuValue total = ou_binary(vm, op, scratch[1], scratch[2]);
        if (total == OU_NOTHING) { return OU_NOTHING; }
        ou_reg_set(vm, &scratch[1], total);
        ou_reg_set(vm, &scratch[2], OU_NOTHING);
    }
    return vm->pending != OU_NOTHING ? OU_NOTHING : ou_reg_take(&scratch[1]);
}

static OU_NATIVE(builtin_sum) {
    OuValue *scratch = args + nargs; /* iterator, total, item */
    if (args[1] != OU_NOTHING && ou_is_a(vm, args[1], OU_TYPE_STR)) {
        return ou_raise_type_error(vm, "sum() can't sum strings [use ''.join(seq) instead]");
    }
    if (args[1] != OU_NOTHING && ou_is_a(vm, args[1], OU_TYPE_BYTES)) {
        return ou_raise_type_error(vm, "sum() can't sum bytes [use b''.join(seq) instead]");
    }
    return ou_accumulate(vm, OU_BIN_ADD, args[0], args[1] != OU_NOTHING ? ou_incref(args[1]) : ou_int(vm, 0), scratch);
}

/* fixed: key, default; then the arguments */
static OuValue min_max(OuVM *vm, OuValue *args, uint32_t nargs, OuCompare op, const char *name) {
    OuValue *scratch = args + nargs; /* iterator, best, best key, item, item key */
    uint32_t count = nargs - 2, next = 2;
    OuValue key = args[0] == OU_NONE ? OU_NOTHING : args[0];
    if (count > 1 && args[1] != OU_NOTHING) {
        return ou_raise_type_error(vm, "Cannot specify a default for %s() with multiple positional arguments", name);
    }
    if (count == 1 && (scratch[0] = ou_iter(vm, args[2])) == OU_NOTHING) { return OU_NOTHING; }
    for (bool first = true;; first = false) {
        bool over = count > 1 && next == nargs;
        OuValue item = over ? OU_NOTHING : count == 1 ? ou_next(vm, scratch[0]) : ou_incref(args[next++]);
        ou_reg_set(vm, &scratch[3], item);
        if (item == OU_NOTHING) {
            if (vm->pending != OU_NOTHING) { return OU_NOTHING; }
            break;
        }
        if (key != OU_NOTHING) {
            OuValue computed = ou_call1(vm, key, item);
            if (computed == OU_NOTHING) { return OU_NOTHING; }
            ou_reg_set(vm, &scratch[4], computed);
        }
        int better = first               ? 1
                     : key == OU_NOTHING ? ou_compare_bool(vm, scratch[3], scratch[1], op)
                                         : ou_compare_bool(vm, scratch[4], scratch[2], op);
        if (better < 0) { return OU_NOTHING; }
        if (better) {
            ou_reg_set(vm, &scratch[1], ou_reg_take(&scratch[3]));
            ou_reg_set(vm, &scratch[2], ou_reg_take(&scratch[4]));
        }
        ou_reg_set(vm, &scratch[3], OU_NOTHING); /* it dies before the next one comes */
        ou_reg_set(vm, &scratch[4], OU_NOTHING);
    }
    if (scratch[1] == OU_NOTHING) {
        return args[1] != OU_NOTHING ? ou_incref(args[1])
                                     : ou_raise_value_error(vm, "%s() arg is an empty sequence", name);
    }
    return ou_reg_take(&scratch[1]);
}

static OU_NATIVE(builtin_min) { return min_max(vm, args, nargs, OU_LT, "min"); }
static OU_NATIVE(builtin_max) { return min_max(vm, args, nargs, OU_GT, "max"); }

static OU_NATIVE(builtin_sorted) {
    OuValue *list = args + nargs;
    *list = ou_list_of(vm, args[0]);
    if (*list == OU_NOTHING || ou_list_sort(vm, ou_as_list(*list), args[1], args[2]) < 0) { return OU_NOTHING; }
    return ou_reg_take(list);
}

/* --- numbers and characters -------------------------------------------------------------------------------------------------------------------- */

static OU_NATIVE(builtin_abs) {
    OuType *type = ou_type_of(vm, args[0]);
    return type->slots.absolute != NULL ? type->slots.absolute(vm, args[0])
                                        : ou_raise_type_error(vm, "bad operand type for abs(): '%T'", args[0]);
}

static OU_NATIVE(builtin_divmod) { return ou_binary(vm, OU_BIN_DIVMOD, args[0], args[1]); }
static OU_NATIVE(builtin_pow) { return ou_power(vm, args[0], args[1], args[2]); }

static OU_NATIVE(builtin_round) {
    OuValue out;
    bool digits = args[1] != OU_NOTHING && args[1] != OU_NONE;
    int found = ou_call_special(vm, args[0], vm->names[OU_NAME_round], &args[1], digits, &out);
    if (found == 0) { return ou_raise_type_error(vm, "type %T doesn't define __round__ method", args[0]); }
    return found > 0 ? out : OU_NOTHING;
}

static OuValue in_base(OuVM *vm, OuValue value, int base) {
    OuValue number = ou_index(vm, value);
    OuValue text = number == OU_NOTHING ? OU_NOTHING : ou_int_to_str(vm, number, base, true);
    ou_drop(vm, number);
    return text;
}

static OU_NATIVE(builtin_bin) { return in_base(vm, args[0], 2); }
static OU_NATIVE(builtin_oct) { return in_base(vm, args[0], 8); }
static OU_NATIVE(builtin_hex) { return in_base(vm, args[0], 16); }

static OU_NATIVE(builtin_chr) {
    OuValue number = ou_index(vm, args[0]);
    int64_t point;
    if (number == OU_NOTHING) { return OU_NOTHING; }
    bool fits = ou_int_to_i64(number, &point);
    ou_drop(vm, number);
    if (!fits || point > INT32_MAX || point < INT32_MIN) {
        return ou_raise(vm, OU_EXC_OverflowError, "Python int too large to convert to C int");
    }
    return point < 0 || point > 0x10ffff ? ou_raise_value_error(vm, "chr() arg not in range(0x110000)")
                                         : ou_str_from_point(vm, (uint32_t)point);
}

static OU_NATIVE(builtin_ord) {
    OuStr *text = ou_text_peek(vm, args[0]);
    if (text == NULL) { return ou_raise_type_error(vm, "ord() expected string of length 1, but %T found", args[0]); }
    return text->length == 1
               ? ou_int(vm, ou_str_at(text, 0))
               : ou_raise_type_error(vm, "ord() expected a character, but string of length %u found", text->length);
}

/* --- classes and imports ------------------------------------------------------------------------------------------------------------------------- */

/* __build_class__(function, name, *bases, **keywords) */
static OuValue build_class(OuVM *vm, OuValue *args, uint32_t nargs, const OuValue *kwargs, uint32_t nkwargs,
                           OuValue kwnames) {
    if (nargs < 2 || !ou_is_kind(args[0], OU_KIND_FUNCTION) || !ou_is_str(args[1])) {
        return ou_raise_type_error(vm, "__build_class__: not enough arguments");
    }
    OuFunction *body = ou_as_function(args[0]);
    OuValue *regs = ou_regs_open(vm, 2);
    if (regs == NULL) { return OU_NOTHING; }
    OuValue result = OU_NOTHING;
    OuDict *names = ou_dict_new(vm, 0);
    regs[0] = ou_word(names);
    regs[1] = ou_tuple_from(vm, args + 2, nargs - 2);
    if (names == NULL || regs[1] == OU_NOTHING) { goto done; }
    OuTuple *bases = ou_as_tuple(regs[1]);
    for (size_t i = 0; i < ou_tuple_length(bases); i++) {
        OuValue entries = OU_NOTHING;
        if (ou_is_type(bases->items[i])) { continue; }
        int found = ou_find_attr(vm, bases->items[i], vm->names[OU_NAME_mro_entries], &entries);
        ou_drop(vm, entries);
        /* CPython calls type(base)(name, bases, names): for a non-class that is the usual TypeError. */
        if (found >= 0) { ou_raise_type_error(vm, "bases must be types"); }
        goto done;
    }
    for (uint32_t i = 0; i < nkwargs; i++) {
        if (ou_str_equal_text(ou_as_str(ou_as_tuple(kwnames)->items[i]), "metaclass") &&
            kwargs[i] != ou_word(vm->types[OU_TYPE_TYPE])) {
            ou_raise_type_error(vm, "Ouro does not support metaclasses");
            goto done;
        }
    }
    if (ou_status_take(vm, ou_run_code(vm, ou_function_code(body), names, body)) < 0) { goto done; }
    if (ou_function_code(body)->self_attributes &&
        ou_dict_set_name(vm, names, vm->names[OU_NAME_slot_hint],
                         ou_from_small(ou_function_code(body)->self_attributes)) < 0) {
        goto done;
    }
    result = ou_type_create(vm, ou_as_str(args[1]), bases, names, kwargs, nkwargs, kwnames);
done:
    return ou_regs_close_keeping(vm, regs, result);
}

static OU_NATIVE(builtin_build_class) {
    OuValue kwnames = ou_take_kwnames(vm);
    uint32_t keywords = ou_keyword_count(kwnames);
    return build_class(vm, args, nargs - keywords, args + nargs - keywords, keywords, kwnames);
}

static OU_NATIVE(builtin_import) {
    OuValue name = ou_plain_peek(vm, args[0], OU_KIND_STR);
    int64_t level = 0;
    if (name == OU_NOTHING) { return ou_raise_type_error(vm, "__import__() argument 1 must be str, not %T", args[0]); }
    if (args[4] != OU_NOTHING && ou_index_i64(vm, args[4], &level, true) < 0) { return OU_NOTHING; }
    OuValue list = args[3] == OU_NOTHING || args[3] == OU_NONE ? OU_NONE : ou_tuple_of(vm, args[3]);
    OuValue module = list == OU_NOTHING
                         ? OU_NOTHING
                         : ou_module_import(vm, ou_as_str(name), (int)level, vm->frame->globals,
                                            list != OU_NONE && ou_tuple_length(ou_as_tuple(list)) ? list : OU_NONE);
    if (list != OU_NONE) { ou_drop(vm, list); }
    return module;
}

static const OuNativeDef functions[] = {
    {"print", builtin_print, "Writes objects to a stream.", 0, -1, OU_ARGS_CLINIC, 1, "sep end file flush"},
    {"input", builtin_input, "Reads a line from standard input.", 0, 1, OU_ARGS_UNPACK},
    {"len", builtin_len, "Number of items.", 1, 1},
    {"repr", builtin_repr, "Text for developers.", 1, 1},
    {"ascii", builtin_ascii, "repr with non-ASCII characters escaped.", 1, 1},
    {"id", builtin_id, "Identity of an object.", 1, 1},
    {"hash", builtin_hash, "Hash of an object.", 1, 1},
    {"callable", builtin_callable, "Can it be called?", 1, 1},
    {"isinstance", builtin_isinstance, "Is it an instance of a class or of one of a tuple?", 2, 2, OU_ARGS_UNPACK},
    {"issubclass", builtin_issubclass, "Does a class derive from another?", 2, 2, OU_ARGS_UNPACK},
    {"getattr", builtin_getattr, "Attribute by name.", 2, 3, OU_ARGS_UNPACK},
    {"hasattr", builtin_hasattr, "Has it the attribute?", 2, 2, OU_ARGS_UNPACK},
    {"setattr", builtin_setattr, "Sets an attribute by name.", 3, 3, OU_ARGS_UNPACK},
    {"delattr", builtin_setattr, "Deletes an attribute by name.", 2, 2, OU_ARGS_UNPACK},
    {"vars", builtin_vars, "The attributes as a dict.", 0, 1, OU_ARGS_UNPACK},
    {"dir", builtin_dir, "Names of the attributes, sorted.", 0, 1, OU_ARGS_UNPACK},
    {"locals", builtin_locals, "Local variables."},
    {"globals", builtin_globals, "Global variables."},
    {"format", builtin_format, "Formats by a specification.", 1, 2, OU_ARGS_UNPACK},
    {"iter", builtin_iter, "An iterator.", 1, 2, OU_ARGS_UNPACK},
    {"next", builtin_next, "The next item.", 1, 2, OU_ARGS_UNPACK},
    {"any", builtin_any, "Is any item true?", 1, 1, 0, 2},
    {"all", builtin_all, "Are all items true?", 1, 1, 0, 2},
    {"sum", builtin_sum, "Adds up items.", 1, 2, OU_ARGS_CLINIC, 3, "iterable/ start"},
    {"min", builtin_min, "The smallest item.", 1, -1, OU_ARGS_UNPACK, 5, "key default"},
    {"max", builtin_max, "The largest item.", 1, -1, OU_ARGS_UNPACK, 5, "key default"},
    {"sorted", builtin_sorted, "A sorted list.", 1, 1, OU_ARGS_UNPACK, 1, "iterable/ key reverse"},
    {"abs", builtin_abs, "Absolute value.", 1, 1},
    {"divmod", builtin_divmod, "Quotient and remainder.", 2, 2, OU_ARGS_UNPACK},
    {"pow", builtin_pow, "Power, with an optional modulus.", 2, 3, OU_ARGS_CLINIC, 0, "base exp mod"},
    {"round", builtin_round, "Rounds, halves to even.", 1, 2, OU_ARGS_CLINIC, 0, "number ndigits"},
    {"bin", builtin_bin, "Binary text of an integer.", 1, 1},
    {"oct", builtin_oct, "Octal text of an integer.", 1, 1},
    {"hex", builtin_hex, "Hexadecimal text of an integer.", 1, 1},
    {"chr", builtin_chr, "Character of a code point.", 1, 1},
    {"ord", builtin_ord, "Code point of a character.", 1, 1},
    {"open", ou_file_open, "Opens a file.", 1, 8, OU_ARGS_CLINIC, 2,
     "file mode buffering encoding errors newline closefd opener"},
    {"__build_class__", builtin_build_class, "Makes a class from its body.", 2, -1, OU_ARGS_RAW},
    {"__import__", builtin_import, "Imports a module.", 1, 5, OU_ARGS_CLINIC, 0, "name globals locals fromlist level"},
    OU_DEF_END};

static int setup(OuVM *vm, OuDict *names) {
    static const OuTypeIndex types[] = {OU_TYPE_OBJECT,      OU_TYPE_TYPE,   OU_TYPE_INT,       OU_TYPE_BOOL,
                                        OU_TYPE_FLOAT,       OU_TYPE_STR,    OU_TYPE_BYTES,     OU_TYPE_TUPLE,
                                        OU_TYPE_LIST,        OU_TYPE_DICT,   OU_TYPE_SET,       OU_TYPE_FROZENSET,
                                        OU_TYPE_RANGE,       OU_TYPE_SLICE,  OU_TYPE_PROPERTY,  OU_TYPE_STATICMETHOD,
                                        OU_TYPE_CLASSMETHOD, OU_TYPE_SUPER,  OU_TYPE_ENUMERATE, OU_TYPE_ZIP,
                                        OU_TYPE_MAP,         OU_TYPE_FILTER, OU_TYPE_REVERSED};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        OuType *type = vm->types[types[i]];
        if (ou_dict_set_name(vm, names, ou_as_str(type->name), ou_word(type)) < 0) { return -1; }
    }
    for (int i = 0; i < OU_EXC_COUNT; i++) {
        if (i != OU_EXC_UnsupportedOperation &&
            ou_dict_set_name(vm, names, ou_as_str(vm->exceptions[i]->name), ou_word(vm->exceptions[i])) < 0) {
            return -1;
        }
    }
    static const char *const texts[] = {"None", "True", "False", "NotImplemented", "Ellipsis", "__debug__"};
    const OuValue values[] = {OU_NONE,           OU_TRUE,     OU_FALSE,
                              OU_NOTIMPLEMENTED, OU_ELLIPSIS, ou_from_bool(!(vm->compile_flags & OU_COMPILE_OPTIMIZE))};
    for (int i = 0; i < 6; i++) {
        if (ou_dict_set_text(vm, names, texts[i], ou_incref(values[i])) < 0) { return -1; }
    }
    OuValue os_error = ou_word(vm->exceptions[OU_EXC_OSError]);
    if (ou_dict_set_text(vm, names, "EnvironmentError", ou_incref(os_error)) < 0) { return -1; }
    return ou_dict_set_text(vm, names, "IOError", ou_incref(os_error));
}

const OuNativeModule ou_builtins_module = {"builtins", functions, setup, "Built-in functions and types."};
