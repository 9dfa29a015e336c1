/* str.format and str.format_map: replacement fields with attribute and item lookups, conversions and nested specs.
 *
 * The object that a field names is kept in a register while Python code may run; everything else is borrowed from the
 * arguments or is a leaf. */
#include "vm/objects/text.h"

typedef struct Format {
    OuVM *vm;
    const OuValue *args; /* positional, then the values of the keywords; NULL for format_map */
    size_t count;        /* positional ones */
    OuTuple *names;      /* of the keywords, or NULL */
    OuValue mapping;     /* format_map, or OU_NOTHING */
    enum { UNDECIDED, AUTOMATIC, MANUAL } numbering;
    size_t next;
} Format;

/* A stretch of the format string. */
typedef struct Stretch {
    OuStr *text;
    uint32_t at, end;
} Stretch;

typedef struct Field {
    Stretch name, spec;
    uint32_t conversion; /* 0: none */
    bool nested;         /* the spec has fields of its own */
} Field;

/* --- scanning --------------------------------------------------------------------------------------------------- */

/* The rest of "{...}" after the opening brace. */
static int scan_field(OuVM *vm, Stretch *text, Field *out) {
    uint32_t point = 0, start = text->at;
    *out = (Field){.conversion = 0};
    while (text->at < text->end) {
        point = ou_str_at(text->text, text->at++);
        if (point == '{') { return ou_raised_value(vm, "unexpected '{' in field name"); }
        if (point == '[') {
            while (text->at < text->end && ou_str_at(text->text, text->at) != ']') { text->at++; }
        } else if (point == '}' || point == ':' || point == '!') {
            break;
        }
    }
    if (point != '}' && point != ':' && point != '!') {
        return ou_raised_value(vm, "expected '}' before end of string");
    }
    out->name = (Stretch){text->text, start, text->at - 1};
    out->spec = (Stretch){text->text, text->at, text->at};
    if (point == '}') { return 0; }
    if (point == '!') {
        if (text->at >= text->end) {
            return ou_raised_value(vm, "end of string while looking for conversion specifier");
        }
        out->conversion = ou_str_at(text->text, text->at++);
        if (text->at < text->end) {
            point = ou_str_at(text->text, text->at++);
            if (point == '}') { return 0; }
            if (point != ':') { return ou_raised_value(vm, "expected ':' after conversion specifier"); }
        }
    }
    out->spec.at = text->at;
    for (unsigned depth = 1; text->at < text->end;) {
        point = ou_str_at(text->text, text->at++);
        out->nested |= point == '{';
        depth += point == '{';
        depth -= point == '}';
        if (depth == 0) {
            out->spec.end = text->at - 1;
            return 0;
        }
    }
    return ou_raised_value(vm, "unmatched '{' in format spec");
}

/* 1 a number, 0 something else, -1 raised. */
static int scan_index(OuVM *vm, Stretch text, int64_t *out) {
    int found = ou_str_digits(text.text, &text.at, text.end, INT64_MAX, out);
    return found < 0 ? ou_raised_value(vm, "Too many decimal digits in format string") : found && text.at == text.end;
}

/* --- looking up --------------------------------------------------------------------------------------------------- */

static OuValue by_index(Format *self, int64_t index) {
    if (self->args == NULL) { return ou_raise_value_error(self->vm, "Format string contains positional fields"); }
    if (index >= (int64_t)self->count) {
        return ou_raise(self->vm, OU_EXC_IndexError, "Replacement index %lld out of range for positional args tuple",
                        (long long)index);
    }
    return ou_incref(self->args[index]);
}

static OuValue by_name(Format *self, OuValue key) {
    if (self->mapping != OU_NOTHING) { return ou_getitem(self->vm, self->mapping, key); }
    for (size_t i = 0; self->names != NULL && i < ou_tuple_length(self->names); i++) {
        if (ou_str_equal(ou_as_str(self->names->items[i]), ou_as_str(key))) {
            return ou_incref(self->args[self->count + i]);
        }
    }
    return ou_raise_object(self->vm, OU_EXC_KeyError, key);
}

static int choose_numbering(Format *self, bool automatic) {
    int wanted = automatic ? AUTOMATIC : MANUAL;
    if (self->numbering == UNDECIDED) { self->numbering = wanted; }
    if ((int)self->numbering == wanted) { return 0; }
    return ou_raised_value(self->vm, "%s",
                           automatic ? "cannot switch from manual field specification to automatic field numbering"
                                     : "cannot switch from automatic field numbering to manual field specification");
}

static OuValue first_object(Format *self, Stretch name) {
    OuVM *vm = self->vm;
    int64_t index = 0;
    bool automatic = name.at == name.end;
    int numeric = automatic ? 1 : scan_index(vm, name, &index);
    if (numeric < 0 || (numeric > 0 && choose_numbering(self, automatic) < 0)) { return OU_NOTHING; }
    if (numeric > 0) { return by_index(self, automatic ? (int64_t)self->next++ : index); }
    OuValue key = ou_str_substring(vm, name.text, name.at, name.end);
    OuValue object = key == OU_NOTHING ? OU_NOTHING : by_name(self, key);
    ou_drop(vm, key);
    return object;
}

/* One ".name" or "[key]" applied to the object; moves rest behind it. */
static OuValue step(OuVM *vm, OuValue object, Stretch *rest) {
    bool attribute = ou_str_at(rest->text, rest->at++) == '.';
    Stretch name = {rest->text, rest->at, rest->at};
    for (; name.end < rest->end; name.end++) {
        uint32_t point = ou_str_at(name.text, name.end);
        if (attribute ? point == '.' || point == '[' : point == ']') { break; }
    }
    if (!attribute && name.end == rest->end) { return ou_raise_value_error(vm, "Missing ']' in format string"); }
    rest->at = name.end + !attribute;
    if (name.at == name.end) { return ou_raise_value_error(vm, "Empty attribute in format string"); }
    int64_t index;
    int numeric = attribute ? 0 : scan_index(vm, name, &index);
    if (numeric < 0) { return OU_NOTHING; }
    OuValue key = numeric > 0 ? ou_int(vm, index) : ou_str_substring(vm, name.text, name.at, name.end);
    if (attribute) {
        OuStr *interned = ou_str_intern_take(vm, ou_as_str(key));
        key = ou_word(interned);
    }
    OuValue result = key == OU_NOTHING ? OU_NOTHING
                     : attribute       ? ou_getattr(vm, object, ou_as_str(key))
                                       : ou_getitem(vm, object, key);
    ou_drop(vm, key);
    return result;
}

/* Puts the object that the field names into the register. */
static int get_object(Format *self, Stretch name, OuValue *reg) {
    OuVM *vm = self->vm;
    Stretch first = name;
    for (first.end = first.at; first.end < name.end; first.end++) {
        uint32_t point = ou_str_at(name.text, first.end);
        if (point == '.' || point == '[') { break; }
    }
    ou_reg_set(vm, reg, first_object(self, first));
    Stretch rest = {name.text, first.end, name.end};
    while (*reg != OU_NOTHING && rest.at < rest.end) {
        uint32_t point = ou_str_at(rest.text, rest.at);
        if (point != '.' && point != '[') {
            return ou_raised_value(vm, "Only '.' or '[' may follow ']' in format field specifier");
        }
        OuValue next = step(vm, *reg, &rest);
        if (next == OU_NOTHING) { return -1; }
        ou_reg_set(vm, reg, next);
    }
    return *reg == OU_NOTHING ? -1 : 0;
}

static int convert(OuVM *vm, uint32_t conversion, OuValue *reg) {
    if (conversion == 0) { return 0; }
    if (conversion > 127 || strchr("sra", (int)conversion) == NULL) {
        return conversion > 32 && conversion < 127
                   ? ou_raised_value(vm, "Unknown conversion specifier %c", (int)conversion)
                   : ou_raised_value(vm, "Unknown conversion specifier \\x%x", (unsigned)conversion);
    }
    OuValue text = ou_converted(vm, conversion, *reg);
    if (text != OU_NOTHING) { ou_reg_set(vm, reg, text); }
    return text == OU_NOTHING ? -1 : 0;
}

/* --- building -------------------------------------------------------------------------------------------------------- */

static OuValue build(Format *self, Stretch text, int depth);

static int put_field(Format *self, OuBuilder *out, const Field *field, int depth, OuValue *reg) {
    OuVM *vm = self->vm;
    if (get_object(self, field->name, reg) < 0 || convert(vm, field->conversion, reg) < 0) { return -1; }
    OuValue spec = field->nested ? build(self, field->spec, depth - 1)
                                 : ou_str_substring(vm, field->spec.text, field->spec.at, field->spec.end);
    OuValue text = spec == OU_NOTHING ? OU_NOTHING : ou_format_value(vm, *reg, spec);
    ou_drop(vm, spec);
    if (text == OU_NOTHING) { return -1; }
    ou_builder_str(out, ou_str_peek(vm, text));
    ou_drop(vm, text);
    return out->failed ? -1 : 0;
}

/* Literal text up to the next field: 1 a field follows, 0 the end, -1 raised. Doubled braces stand for one. */
static int put_literal(OuVM *vm, OuBuilder *out, Stretch *text) {
    while (text->at < text->end) {
        uint32_t point = ou_str_at(text->text, text->at++);
        if (point != '{' && point != '}') {
            ou_builder_point(out, point);
            continue;
        }
        bool at_end = text->at >= text->end;
        if (!at_end && ou_str_at(text->text, text->at) == point) {
            text->at++;
            ou_builder_point(out, point);
            continue;
        }
        if (point == '}') { return ou_raised_value(vm, "Single '}' encountered in format string"); }
        return at_end ? ou_raised_value(vm, "Single '{' encountered in format string") : 1;
    }
    return 0;
}

static OuValue build(Format *self, Stretch text, int depth) {
    OuVM *vm = self->vm;
    if (depth <= 0) { return ou_raise_value_error(vm, "Max string recursion exceeded"); }
    OuValue *reg = ou_regs_open(vm, 1);
    if (reg == NULL) { return OU_NOTHING; }
    OuBuilder out = {.vm = vm};
    int status;
    while ((status = put_literal(vm, &out, &text)) > 0 && !out.failed) {
        Field field;
        if (scan_field(vm, &text, &field) < 0 || put_field(self, &out, &field, depth, reg) < 0) {
            status = -1;
            break;
        }
    }
    ou_regs_close(vm, reg);
    out.failed |= status < 0;
    return ou_builder_finish(&out);
}

OuValue ou_str_format(OuVM *vm, OuStr *format, const OuValue *args, uint32_t nargs, OuValue kwnames, OuValue mapping) {
    size_t keywords = ou_keyword_count(kwnames);
    Format self = {.vm = vm, .args = args, .count = nargs - keywords, .mapping = mapping};
    self.names = keywords > 0 ? ou_as_tuple(kwnames) : NULL;
    return build(&self, (Stretch){format, 0, format->length}, 2);
}
