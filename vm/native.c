/* Calls of native functions: keywords, counts, scratch registers. */
#include "vm/call.h"

#include "vm/objects/containers.h"
#include "vm/objects/str.h"

/* Raises a TypeError that begins with the function's name, a method's with its type. */
static OuValue raise_about(OuVM *vm, const OuNative *native, const char *format, uint32_t number) {
    OuValue title = native->owner != NULL ? ou_format(vm, "%K.%s", native->owner, native->def->name)
                                          : ou_str_from_text(vm, native->def->name);
    if (title != OU_NOTHING) { ou_raise_type_error(vm, format, title, number); }
    ou_drop(vm, title);
    return OU_NOTHING;
}

static OuValue raise_native_count(OuVM *vm, const OuNative *native, uint32_t given) {
    const OuNativeDef *def = native->def;
    if (def->max == 0) { return raise_about(vm, native, "%S() takes no arguments (%u given)", given); }
    if (def->style == OU_ARGS_AUTO && def->min == 1 && def->max == 1) {
        return raise_about(vm, native, "%S() takes exactly one argument (%u given)", given);
    }
    bool few = given < (uint32_t)def->min, exact = def->min == def->max;
    int bound = few ? def->min : def->max;
    const char *plural = bound == 1 ? "" : "s";
    if (def->style == OU_ARGS_CLINIC) {
        return ou_raise_type_error(vm, "%s() takes %s %d positional argument%s (%u given)", def->name,
                                   exact ? "exactly"
                                   : few ? "at least"
                                         : "at most",
                                   bound, plural, given);
    }
    return ou_raise_type_error(vm, "%s expected %s%d argument%s, got %u", def->name,
                               exact ? ""
                               : few ? "at least "
                                     : "at most ",
                               bound, plural, given);
}

/* Splits a keyword list: calls back by index. Returns the number of names. */
static uint32_t keyword_at(const char *names, uint32_t index, const char **start, size_t *length,
                           bool *positional_only) {
    uint32_t at = 0;
    while (*names) {
        const char *end = names + strcspn(names, " ");
        if (at == index) {
            *positional_only = end[-1] == '/';
            *start = names;
            *length = (size_t)(end - names) - *positional_only;
        }
        at++;
        names = *end ? end + 1 : end;
    }
    return at;
}

static bool name_is(const OuStr *self, const char *text, size_t length) {
    return self->length == length && ou_str_width(self) == 1 && memcmp(self->data, text, length) == 0;
}

int ou_make_args(OuVM *vm, const char *fname, const char *names, int min, int max, const OuValue *args, uint32_t nargs,
                 OuValue kwnames, OuValue *out) {
    const char *start = "";
    size_t length = 0;
    bool only = false;
    uint32_t count = keyword_at(names, UINT32_MAX, &start, &length, &only);
    uint32_t keywords = kwnames == OU_NOTHING ? 0 : (uint32_t)ou_tuple_length(ou_as_tuple(kwnames));
    uint32_t given = nargs - keywords;
    if (max == 0 && given > 0) {
        ou_raise_type_error(vm, "%s() takes no positional arguments", fname);
        return -1;
    }
    if (max >= 0 && given > (uint32_t)max) {
        if (keywords == 0 || given > count) {
            ou_raise_type_error(vm, "%s() takes at most %u argument%s (%u given)", fname, count, count == 1 ? "" : "s",
                                nargs);
        } else {
            ou_raise_type_error(vm, "%s() takes at most %d positional argument%s (%u given)", fname, max,
                                max == 1 ? "" : "s", given);
        }
        return -1;
    }
    for (uint32_t i = 0; i < count; i++) { out[i] = max >= 0 && i < given ? args[i] : OU_NOTHING; }
    for (uint32_t k = 0; k < keywords; k++) {
        const OuStr *key = ou_as_str(ou_as_tuple(kwnames)->items[k]);
        uint32_t at = 0;
        for (; at < count; at++) {
            keyword_at(names, at, &start, &length, &only);
            if (!only && name_is(key, start, length)) { break; }
        }
        if (at == count) {
            ou_raise_type_error(vm, "'%N' is an invalid keyword argument for %s()", key, fname);
            return -1;
        }
        if (out[at] != OU_NOTHING) {
            ou_raise_type_error(vm, "argument for %s() given by name ('%N') and position (%u)", fname, key, at + 1);
            return -1;
        }
        out[at] = args[given + k];
    }
    for (int i = 0; i < min; i++) {
        if (out[i] == OU_NOTHING) {
            keyword_at(names, (uint32_t)i, &start, &length, &only);
            if (only) {
                ou_raise_type_error(vm, "%s() takes at least %d positional argument%s (%u given)", fname, min,
                                    min == 1 ? "" : "s", given);
            } else {
                ou_raise_type_error(vm, "%s() missing required argument '%.*s' (pos %d)", fname, (int)length, start,
                                    i + 1);
            }
            return -1;
        }
    }
    return 0;
}

OuValue ou_native_run(OuVM *vm, const OuNativeDef *def, OuValue *args, uint32_t nargs) {
    OuValue *saved = vm->top;
    OuValue *end = args + nargs + def->scratch;
    if (ou_stack_ensure(vm, end) < 0) { return OU_NOTHING; }
    for (OuValue *reg = args + nargs; reg < end; reg++) { *reg = OU_NOTHING; }
    vm->top = end > saved ? end : saved;
    OuValue result = def->fn(vm, args, nargs);
    if (def->scratch) { result = ou_registers_release_under(vm, args + nargs, end, result); }
    vm->top = saved;
    return result;
}

OuValue ou_native_call(OuVM *vm, const OuNative *native, OuValue *args, uint32_t nargs, uint32_t self_count,
                       OuValue kwnames) {
    const OuNativeDef *def = native->def;
    uint32_t keywords = kwnames == OU_NOTHING ? 0 : (uint32_t)ou_tuple_length(ou_as_tuple(kwnames));
    uint32_t given = nargs - self_count - keywords;
    if (def->style == OU_ARGS_RAW) {
        vm->raw_kwnames = kwnames;
        return ou_native_run(vm, def, args, nargs);
    }
    if (def->keywords == NULL) {
        if (keywords) { return raise_about(vm, native, "%S() takes no keyword arguments", 0); }
        if (given < (uint32_t)def->min || (def->max >= 0 && given > (uint32_t)def->max)) {
            return raise_native_count(vm, native, given);
        }
        return ou_native_run(vm, def, args, nargs);
    }
    if (def->keywords[0] == '*') {
        if (ou_stack_ensure(vm, args + nargs + 1 + def->scratch + 1) < 0) { return OU_NOTHING; }
        args[nargs] = ou_incref(kwnames);
        OuValue answer = ou_native_run(vm, def, args, nargs + 1);
        args[nargs] = OU_EMPTY_TEMP;
        ou_drop(vm, kwnames);
        return answer;
    }
    const char *start;
    size_t length;
    bool only;
    uint32_t fixed = keyword_at(def->keywords, UINT32_MAX, &start, &length, &only);
    OuValue *layout = args + nargs;
    uint32_t varargs = def->max < 0 ? given : 0;
    if (ou_stack_ensure(vm, layout + self_count + fixed + varargs + def->scratch + 1) < 0) { return OU_NOTHING; }
    if (self_count) { layout[0] = args[0]; }
    OuValue *out = layout + self_count;
    if (ou_make_args(vm, def->name, def->keywords, def->min, def->max, args + self_count, nargs - self_count, kwnames,
                     out) < 0) {
        for (uint32_t i = 0; i < self_count + fixed; i++) { layout[i] = OU_EMPTY_TEMP; }
        return OU_NOTHING;
    }
    for (uint32_t i = 0; i < varargs; i++) { out[fixed + i] = args[self_count + i]; }
    /* The bound layout owns references of its own: a native may replace its arguments. */
    uint32_t count = self_count + fixed + varargs;
    for (uint32_t i = 0; i < count; i++) { ou_incref(layout[i]); }
    OuValue result = ou_native_run(vm, def, layout, count);
    /* The caller holds another reference: nothing dies but what the native put there. */
    return ou_registers_release_under(vm, layout, layout + count, result);
}
