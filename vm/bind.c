/* Binding of arguments to the parameters of Python functions, and what is said when they do not fit. */
#include "vm/objects/help.h"

static OuStr *variable(const OuCode *code, uint32_t index) {
    return ou_as_str(ou_as_tuple(code->varnames)->items[index]);
}

static OuValue parameter_default(const OuFunction *func, uint32_t index) {
    const OuCode *code = ou_function_code(func);
    OuValue defaults = func->extra != OU_NOTHING ? ((OuFunctionExtra *)(uintptr_t)func->extra)->defaults : OU_NOTHING;
    if (!ou_is_tuple(defaults)) { return OU_NOTHING; }
    uint32_t count = (uint32_t)ou_tuple_length(ou_as_tuple(defaults));
    uint32_t first = count < code->positional ? code->positional - count : 0;
    uint32_t skip = count > code->positional ? count - code->positional : 0;
    return index < first ? OU_NOTHING : ou_as_tuple(defaults)->items[index - first + skip];
}

static OuValue keyword_default(const OuFunction *func, OuStr *name) {
    if (func->extra == OU_NOTHING) { return OU_NOTHING; }
    OuValue defaults = ((OuFunctionExtra *)(uintptr_t)func->extra)->kwdefaults;
    return ou_is_dict(defaults) ? ou_dict_peek_name(ou_as_dict(defaults), name) : OU_NOTHING;
}

/* Are parameters without a value among these? Raises then. */
static int check_missing(OuVM *vm, OuFunction *func, const OuValue *slots, uint32_t from, uint32_t to,
                         const char *kind) {
    OuCode *code = ou_function_code(func);
    uint32_t missing = 0;
    for (uint32_t i = from; i < to; i++) { missing += slots[i] == OU_NOTHING; }
    if (missing == 0) { return 0; }
    OuBuilder names = {.vm = vm};
    for (uint32_t i = from, seen = 0; i < to; i++) {
        if (slots[i] == OU_NOTHING) {
            seen++;
            ou_builder_text(&names, seen == 1 ? "'" : seen < missing ? ", '" : missing == 2 ? " and '" : ", and '");
            ou_builder_str(&names, variable(code, i));
            ou_builder_text(&names, "'");
        }
    }
    OuValue list = ou_builder_finish(&names);
    if (list != OU_NOTHING) {
        ou_raise_type_error(vm, "%N() missing %u required %s argument%s: %S", ou_function_qualname(func), missing, kind,
                            missing == 1 ? "" : "s", list);
    }
    return ou_raised(ou_dropped(vm, list));
}

static int raise_too_many(OuVM *vm, OuFunction *func, uint32_t given, const OuValue *slots) {
    OuCode *code = ou_function_code(func);
    uint32_t defaults = 0, keywords = 0;
    for (uint32_t i = 0; i < code->positional; i++) { defaults += parameter_default(func, i) != OU_NOTHING; }
    for (uint32_t i = 0; slots != NULL && i < code->keyword_only; i++) {
        keywords += slots[code->positional + i] != OU_NOTHING;
    }
    char takes[64], extra[80] = "";
    if (defaults) {
        snprintf(takes, sizeof takes, "from %u to %u", code->positional - defaults, code->positional);
    } else {
        snprintf(takes, sizeof takes, "%u", (unsigned)code->positional);
    }
    if (keywords) {
        snprintf(extra, sizeof extra, " positional argument%s (and %u keyword-only argument%s)", given != 1 ? "s" : "",
                 keywords, keywords != 1 ? "s" : "");
    }
    bool plural = defaults != 0 || code->positional != 1;
    return ou_raised_type(vm, "%N() takes %s positional argument%s but %u%s %s given", ou_function_qualname(func),
                          takes, plural ? "s" : "", given, extra, given == 1 && !keywords ? "was" : "were");
}

/* Puts keyword arguments into their slots; `out` holds the parameters. 0 ok, -1 raised. */
static int bind_keywords(OuVM *vm, OuFunction *func, OuValue *out, OuValue *values, OuTuple *names, OuDict *rest) {
    OuCode *code = ou_function_code(func);
    uint32_t count = (uint32_t)ou_tuple_length(names), named = code->positional + code->keyword_only;
    for (uint32_t i = 0; i < count; i++) {
        OuValue key = names->items[i];
        if (!ou_is_str(key)) { return ou_raised_type(vm, "%N() keywords must be strings", ou_function_qualname(func)); }
        uint32_t at = code->positional_only;
        while (at < named && variable(code, at) != ou_as_str(key) &&
               !ou_str_equal(variable(code, at), ou_as_str(key))) {
            at++;
        }
        if (at < named) {
            if (out[at] != OU_NOTHING) {
                return ou_raised_type(vm, "%N() got multiple values for argument '%S'", ou_function_qualname(func),
                                      key);
            }
            out[at] = values[i];
            values[i] = OU_EMPTY_TEMP;
        } else if (rest != NULL) {
            if (ou_dict_set(vm, rest, key, values[i]) < 0) { return -1; }
        } else {
            for (uint32_t j = 0; j < code->positional_only; j++) {
                if (ou_str_equal(variable(code, j), ou_as_str(key))) {
                    return ou_raised_type(vm,
                                          "%N() got some positional-only arguments passed as keyword arguments: '%S'",
                                          ou_function_qualname(func), key);
                }
            }
            return ou_raised_type(vm, "%N() got an unexpected keyword argument '%S'", ou_function_qualname(func), key);
        }
    }
    return 0;
}

static int bind_general(OuVM *vm, OuFunction *func, OuValue *args, uint32_t nargs, OuValue kwnames) {
    OuCode *code = ou_function_code(func);
    uint32_t keywords = ou_keyword_count(kwnames);
    uint32_t given = nargs - keywords, positional = code->positional;
    uint32_t total = positional + code->keyword_only, at = total, all = ou_code_parameters(code);
    OuValue *saved = vm->top;
    if (vm->top < args + nargs) { vm->top = args + nargs; }
    OuValue *out = ou_regs_open(vm, all + 1);
    if (out == NULL) {
        vm->top = saved;
        return -1;
    }
    for (uint32_t i = 0; i < given && i < positional; i++) {
        out[i] = args[i];
        args[i] = OU_EMPTY_TEMP;
    }
    OuDict *rest = NULL;
    if (code->flags & OU_UNIT_VARKW) {
        rest = ou_dict_new(vm, 0);
        if (rest == NULL) { goto done; }
        out[all - 1] = ou_word(rest);
    }
    if (code->flags & OU_UNIT_VARARGS) {
        uint32_t extra = given > positional ? given - positional : 0;
        out[at] = ou_tuple_from(vm, args + (given - extra), extra);
        if (out[at] == OU_NOTHING) { goto done; }
    }
    if (keywords && bind_keywords(vm, func, out, args + given, ou_as_tuple(kwnames), rest) < 0) { goto done; }
    if (given > positional && !(code->flags & OU_UNIT_VARARGS)) {
        raise_too_many(vm, func, given, out);
        goto done;
    }
    for (uint32_t i = 0; i < total; i++) {
        if (out[i] == OU_NOTHING) {
            out[i] = ou_incref(i < positional ? parameter_default(func, i) : keyword_default(func, variable(code, i)));
        }
    }
    if (check_missing(vm, func, out, 0, positional, "positional") < 0 ||
        check_missing(vm, func, out, positional, total, "keyword-only") < 0) {
        goto done;
    }
    /* Whatever is left of the arguments was copied into the tuple or the dict: no death here. */
    ou_registers_release(vm, args, args + nargs);
    for (uint32_t i = 0; i < all; i++) {
        OuValue value = out[i]; /* both may be one place */
        out[i] = OU_EMPTY_TEMP;
        args[i] = value;
    }
    vm->top = saved;
    return 0;
done:
    ou_regs_close(vm, out);
    vm->top = saved;
    return -1;
}

int ou_bind(OuVM *vm, OuFunction *func, OuValue *args, uint32_t nargs, OuValue kwnames) {
    OuCode *code = ou_function_code(func);
    if (kwnames == OU_NOTHING && !(code->flags & (OU_UNIT_VARARGS | OU_UNIT_VARKW)) && code->keyword_only == 0 &&
        nargs <= code->positional) {
        for (uint32_t i = nargs; i < code->positional; i++) {
            args[i] = parameter_default(func, i);
            if (args[i] == OU_NOTHING) {
                for (uint32_t j = i; j < code->positional; j++) { args[j] = parameter_default(func, j); }
                check_missing(vm, func, args, nargs, code->positional, "positional");
                for (uint32_t j = nargs; j < code->positional; j++) { args[j] = OU_EMPTY_TEMP; }
                return -1;
            }
        }
        for (uint32_t i = nargs; i < code->positional; i++) { ou_incref(args[i]); }
        return 0;
    }
    return bind_general(vm, func, args, nargs, kwnames);
}
