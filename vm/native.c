/* Calls of native functions: keywords, counts, scratch registers. */
#include "vm/objects/help.h"

/* --- in CPython's words ---------------------------------------------------------------------------------- */

/* How a message names the function: a method by the type of what it is bound to, a function by its module. */
static OuValue title_of(OuVM *vm, const OuNative *native) {
    const char *name = native->def->name;
    OuValue self = native->cell.kind == OU_KIND_NATIVE && native->owner != NULL ? native->self : OU_NOTHING;
    if (self != OU_NOTHING) {
        return ou_format(vm, "%K.%s", ou_is_type(self) ? ou_as_type(self) : ou_type_of(vm, self), name);
    }
    if (native->owner != NULL) { return ou_format(vm, "%K.%s", native->owner, name); }
    return native->module == OU_NOTHING || native->module == ou_word(vm->names[OU_NAME_P_builtins])
               ? ou_str_from_text(vm, name)
               : ou_format(vm, "%S.%s", native->module, name);
}

static OuValue raise_about(OuVM *vm, const OuNative *native, const char *format, uint32_t number) {
    if (native->def->style == OU_ARGS_PARSE) {
        return ou_raise_type_error(vm, "%s() takes no keyword arguments", native->def->name);
    }
    OuValue title = title_of(vm, native);
    if (title != OU_NOTHING) { ou_raise_type_error(vm, format, title, number); }
    return ou_dropped(vm, title);
}

/* Which bound a wrong number violates. */
static const char *bound_of(uint32_t given, int min, int max, int *bound) {
    bool few = given < (uint32_t)min;
    *bound = few ? min : max;
    return min == max ? "" : few ? "at least " : "at most ";
}

int ou_positional(OuVM *vm, const char *name, bool refuse, int min, int max, uint32_t nargs, OuValue kwnames) {
    uint32_t keywords = ou_keyword_count(kwnames), given = nargs - keywords;
    int bound;
    if (keywords && refuse) { return ou_raised_type(vm, "%s() takes no keyword arguments", name); }
    if (given >= (uint32_t)min && (max < 0 || given <= (uint32_t)max)) { return (int)given; }
    const char *which = bound_of(given, min, max, &bound);
    return ou_raised_type(vm, "%s expected %s%d argument%s, got %u", name, which, bound, bound == 1 ? "" : "s", given);
}

static OuValue raise_native_count(OuVM *vm, const OuNative *native, uint32_t given) {
    const OuNativeDef *def = native->def;
    int bound;
    if (def->style == OU_ARGS_PARSE) {
        const char *which = bound_of(given, def->min, def->max, &bound);
        return ou_raise_type_error(vm, "%s() takes %s%d argument%s (%u given)", def->name, which, bound,
                                   bound == 1 ? "" : "s", given);
    }
    if (def->max == 0) { return raise_about(vm, native, "%S() takes no arguments (%u given)", given); }
    if (def->style == OU_ARGS_AUTO && def->min == 1 && def->max == 1) {
        return raise_about(vm, native, "%S() takes exactly one argument (%u given)", given);
    }
    ou_positional(vm, def->name, false, def->min, def->max, given, OU_NOTHING);
    return OU_NOTHING;
}

/* --- binding --------------------------------------------------------------------------------------------- */

#define MAX_NAMES 8

/* A list of parameters taken apart. */
typedef struct Names {
    const char *start[MAX_NAMES];
    size_t length[MAX_NAMES];
    uint32_t count, only; /* the first `only` are positional-only */
} Names;

static void split(const char *text, Names *out) {
    out->count = out->only = 0;
    while (*text) {
        size_t length = strcspn(text, " "), only = text[length - 1] == '/';
        out->start[out->count] = text;
        out->length[out->count++] = length - only;
        out->only += (uint32_t)only;
        text += length + (text[length] != 0);
    }
}

static uint32_t find_name(const Names *names, const OuStr *key) {
    uint32_t at = names->only;
    while (at < names->count && !(key->length == names->length[at] && ou_str_width(key) == 1 &&
                                  memcmp(key->data, names->start[at], key->length) == 0)) {
        at++;
    }
    return at;
}

/* Wrong numbers, in the order of the reference. */
static int check_counts(OuVM *vm, const char *fname, const Names *names, int min, int max, uint32_t given,
                        uint32_t nargs) {
    uint32_t only = (uint32_t)min < names->only ? (uint32_t)min : names->only, most = (uint32_t)max;
    if (nargs > names->count) {
        return ou_raised_type(vm, "%s() takes at most %u %sargument%s (%u given)", fname, names->count,
                              given == 0 ? "keyword " : "", names->count == 1 ? "" : "s", nargs);
    }
    if (given > most && most == 0) { return ou_raised_type(vm, "%s() takes no positional arguments", fname); }
    if (given <= most && given >= only) { return 0; }
    uint32_t bound = given > most ? most : only;
    const char *which = bound == (given > most ? (uint32_t)min : most) ? "exactly"
                        : given > most                                 ? "at most"
                                                                       : "at least";
    return ou_raised_type(vm, "%s() takes %s %u positional argument%s (%u given)", fname, which, bound,
                          bound == 1 ? "" : "s", given);
}

static int bind(OuVM *vm, const char *fname, const Names *names, int min, int max, const OuValue *args, uint32_t nargs,
                OuValue kwnames, OuValue *out) {
    uint32_t keywords = ou_keyword_count(kwnames), given = nargs - keywords, fixed = max < 0 ? 0 : given;
    if (max >= 0 && check_counts(vm, fname, names, min, max, given, nargs) < 0) { return -1; }
    const OuStr *invalid = NULL, *twice = NULL;
    uint32_t place = 0;
    for (uint32_t i = 0; i < names->count; i++) { out[i] = i < fixed ? args[i] : OU_NOTHING; }
    for (uint32_t k = 0; k < keywords; k++) {
        const OuStr *key = ou_as_str(ou_as_tuple(kwnames)->items[k]);
        uint32_t at = find_name(names, key);
        if (at == names->count) {
            invalid = invalid != NULL ? invalid : key;
        } else if (at < fixed) {
            twice = key;
            place = at + 1;
        } else {
            out[at] = args[given + k];
        }
    }
    for (int i = 0; max >= 0 && i < min && (uint32_t)i < names->count; i++) {
        if (out[i] == OU_NOTHING) {
            return ou_raised_type(vm, "%s() missing required argument '%.*s' (pos %d)", fname, (int)names->length[i],
                                  names->start[i], i + 1);
        }
    }
    if (twice != NULL) {
        ou_raise_type_error(vm, "argument for %s() given by name ('%N') and position (%u)", fname, twice, place);
    } else if (invalid != NULL) {
        ou_raise_type_error(vm, "'%N' is an invalid keyword argument for %s()", invalid, fname);
    }
    return twice != NULL || invalid != NULL ? -1 : 0;
}

int ou_make_args(OuVM *vm, const char *fname, const char *names, int min, int max, const OuValue *args, uint32_t nargs,
                 OuValue kwnames, OuValue *out) {
    if (kwnames == OU_NOTHING && nargs >= (uint32_t)min && nargs <= (uint32_t)max) { /* mostly: names do not matter */
        uint32_t count = 1;
        for (const char *at = names; *at; at++) { count += *at == ' '; }
        for (uint32_t i = 0; i < count; i++) { out[i] = i < nargs ? args[i] : OU_NOTHING; }
        return 0;
    }
    Names parameters;
    split(names, &parameters);
    return bind(vm, fname, &parameters, min, max, args, nargs, kwnames, out);
}

/* --- calls ----------------------------------------------------------------------------------------------- */

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
    uint32_t keywords = ou_keyword_count(kwnames), given = nargs - self_count - keywords;
    bool wrong = given < (uint32_t)def->min || (def->max >= 0 && given > (uint32_t)def->max);
    if (def->style == OU_ARGS_RAW) {
        vm->raw_kwnames = kwnames;
        return ou_native_run(vm, def, args, nargs);
    }
    if (def->keywords == NULL && keywords) { return raise_about(vm, native, "%S() takes no keyword arguments", 0); }
    if (wrong && def->style != OU_ARGS_CLINIC) { return raise_native_count(vm, native, given); }
    if (def->keywords == NULL) { return ou_native_run(vm, def, args, nargs); }
    if (def->keywords[0] == '*') {
        if (ou_stack_ensure(vm, args + nargs + 1 + def->scratch + 1) < 0) { return OU_NOTHING; }
        args[nargs] = ou_incref(kwnames);
        OuValue answer = ou_native_run(vm, def, args, nargs + 1);
        args[nargs] = OU_EMPTY_TEMP;
        ou_drop(vm, kwnames);
        return answer;
    }
    Names names;
    split(def->keywords, &names);
    OuValue *layout = args + nargs, *out = layout + self_count;
    uint32_t varargs = def->max < 0 ? given : 0, count = self_count + names.count + varargs;
    if (ou_stack_ensure(vm, layout + count + def->scratch + 1) < 0) { return OU_NOTHING; }
    if (self_count) { layout[0] = args[0]; }
    if (bind(vm, def->name, &names, def->min, def->max, args + self_count, nargs - self_count, kwnames, out) < 0) {
        for (uint32_t i = 0; i < self_count + names.count; i++) { layout[i] = OU_EMPTY_TEMP; }
        return OU_NOTHING;
    }
    for (uint32_t i = 0; i < varargs; i++) { out[names.count + i] = args[self_count + i]; }
    /* The bound layout owns references of its own: a native may replace its arguments. */
    for (uint32_t i = 0; i < count; i++) { ou_incref(layout[i]); }
    OuValue result = ou_native_run(vm, def, layout, count);
    /* The caller holds another reference: nothing dies but what the native put there. */
    return ou_registers_release_under(vm, layout, layout + count, result);
}
