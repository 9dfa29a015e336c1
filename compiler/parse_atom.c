/* Atoms (names, literals, displays, comprehensions) and what is written behind them: attributes, subscripts, calls.
 * Chains of these are built in a loop. See parser.h. */
#include "compiler/parser.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static bool set_integer(OuParser *p, OuUnitConst *value, char *digits, size_t len, int base) {
    for (; len > 1 && digits[0] == '0'; len--) { digits++; }
    errno = 0;
    long long number = strtoll(digits, NULL, base);
    if (errno == 0) {
        *value = (OuUnitConst){.kind = OU_UNIT_INT, .as.integer = number};
        return true;
    }
    if (base == 10 && len > 4300) {
        return ou_parser_raise_token(p, p->tok,
                                     "Exceeds the limit (4300 digits) for integer string conversion: "
                                     "value has %zu digits; use sys.set_int_max_str_digits() to increase the "
                                     "limit - Consider hexadecimal for huge integer literals to avoid decimal "
                                     "conversion limits.",
                                     len);
    }
    *value = (OuUnitConst){.kind = OU_UNIT_BIGINT,
                           .as.big = {.digits = digits, .length = (uint32_t)len, .base = (uint8_t)base}};
    return true;
}

OuExpr *ou_parse_number(OuParser *p) {
    OuPosition start = p->tok->at;
    const char *text = p->source->text + p->tok->start;
    size_t size = p->tok->end - p->tok->start;
    char *clean = ou_parser_new(p, size + 1);
    if (clean == NULL) { return NULL; }
    size_t len = 0;
    for (size_t i = 0; i < size; i++) {
        if (text[i] != '_') { clean[len++] = text[i]; }
    }
    OuUnitConst value;
    char marker = len > 1 && clean[0] == '0' ? (char)(clean[1] | 0x20) : '\0';
    int base = marker == 'x' ? 16 : marker == 'o' ? 8 : marker == 'b' ? 2 : 10;
    bool is_imaginary = base == 10 && (clean[len - 1] | 0x20) == 'j';
    if (is_imaginary || (base == 10 && strpbrk(clean, ".eE") != NULL)) {
        clean[len - is_imaginary] = '\0';
        /* C locale: the VM never sets another */
        value = (OuUnitConst){.kind = OU_UNIT_FLOAT, .as.number = strtod(clean, NULL)};
    } else {
        size_t prefix = base == 10 ? 0 : 2;
        if (!set_integer(p, &value, clean + prefix, len - prefix, base)) { return NULL; }
    }
    ou_parser_advance(p);
    return OU_EXPR(p, Constant, start, .value = value, .is_imaginary = is_imaginary);
}

bool ou_parse_at_for(const OuParser *p) { return p->tok->kind == OU_TOK_for || p->tok->kind == OU_TOK_async; }

static OuComprehension *parse_for_clause(OuParser *p) {
    OuComprehension *self = ou_parser_new(p, sizeof *self);
    if (self == NULL) { return NULL; }
    self->is_async = ou_parser_accept(p, OU_TOK_async);
    ou_parser_expect(p, OU_TOK_for);
    self->target = ou_parse_for_targets(p);
    self->iter = ou_parser_expect(p, OU_TOK_in) ? ou_parse_disjunction(p) : NULL;
    uint32_t mark = p->scratch.count;
    while (self->iter != NULL && ou_parser_accept(p, OU_TOK_if)) {
        OuExpr *test = ou_parse_disjunction(p);
        if (test == NULL || !ou_parser_push(p, test)) { return NULL; }
    }
    self->ifs = ou_take_exprs(p, mark);
    return p->failed ? NULL : self;
}

bool ou_parse_for_clauses(OuParser *p, OuComprehensionSeq *clauses) {
    uint32_t mark = p->scratch.count;
    do {
        OuComprehension *clause = parse_for_clause(p);
        if (clause == NULL || !ou_parser_push(p, clause)) { return ou_parser_nomatch(p); }
    } while (ou_parse_at_for(p));
    *clauses = ou_take_clauses(p, mark);
    return !p->failed;
}

/* Ends the group `self` with the token `close`. OU_TOK_END stands for the ')' that CPython adds to a field. */
static bool take_close(OuParser *p, OuTokenKind close, OuPosition *end) {
    *end = p->tok->at;
    end->end_column += close == OU_TOK_END;
    return close == OU_TOK_END ? p->tok->kind == close || ou_parser_nomatch(p) : ou_parser_expect(p, close);
}

OU_APART OuExpr *ou_parse_comprehension(OuParser *p, OuExprKind kind, OuPosition start, OuExpr *elt, OuExpr *value,
                                        OuTokenKind close) {
    OuComprehensionSeq clauses;
    OuPosition end;
    if (!ou_parse_for_clauses(p, &clauses)) { return NULL; }
    if (elt->kind == OU_EXPR_Starred) {
        return ou_parser_blame(p, elt->at, "iterable unpacking cannot be used in comprehension");
    }
    if (!take_close(p, close, &end)) { return NULL; }
    OuExpr *self = OU_EXPR_OF(p, kind, ListComp, start, .elt = elt, .value = value, .generators = clauses);
    return ou_expr_at(self, ou_span_to(start, end));
}

/* `[a, b for ...]` */
static void diagnose_target_parentheses(OuParser *p, OuExpr *first, const OuExpr *last) {
    OuParseMark mark = ou_parser_mark(p);
    OuComprehensionSeq clauses;
    const OuToken *comma = ou_parser_token(p, p->pos - 1);
    OuPosition end = comma->kind == OU_TOK_COMMA && last == first ? comma->at : last->at;
    if (ou_parse_for_clauses(p, &clauses)) {
        ou_parser_raise(p, ou_span_to(first->at, end), "did you forget parentheses around the comprehension target?");
    } else {
        ou_parser_rewind(p, mark);
    }
}

/* The rest of `first, ...` up to the closing token (not past it); everything is pushed on scratch. */
static bool parse_items(OuParser *p, OuExpr *first, bool in_brackets) {
    OuExpr *last = first;
    ou_parser_push(p, first);
    while (ou_parser_accept(p, OU_TOK_COMMA) && ou_parse_at_item(p)) {
        last = ou_parse_star_named(p);
        if (last == NULL || !ou_parser_push(p, last)) { return false; }
    }
    if (!p->failed && p->diagnose && in_brackets && ou_parse_at_for(p)) { diagnose_target_parentheses(p, first, last); }
    return !p->failed;
}

static OU_APART OuExpr *parse_list(OuParser *p) {
    OuPosition start = ou_parser_advance(p);
    uint32_t mark = p->scratch.count;
    if (p->tok->kind != OU_TOK_RSQB) {
        OuExpr *first = ou_parse_star_named(p);
        if (first == NULL) { return NULL; }
        if (ou_parse_at_for(p)) { return ou_parse_comprehension(p, OU_EXPR_ListComp, start, first, NULL, OU_TOK_RSQB); }
        if (!parse_items(p, first, true)) { return NULL; }
    }
    ou_parser_expect(p, OU_TOK_RSQB);
    return OU_EXPR(p, List, start, .elts = ou_take_exprs(p, mark));
}

static OU_APART OuExpr *fail_double_star(OuParser *p) {
    if (!p->diagnose) { return ou_parser_nomatch(p); }
    OuPosition at = ou_parser_advance(p);
    if (ou_parse_expression(p) == NULL || p->tok->kind != OU_TOK_RPAR) { return ou_parser_nomatch(p); }
    return ou_parser_blame(p, at, "cannot use double starred expression here");
}

OuExpr *ou_parse_parenthesized(OuParser *p, OuPosition start, OuTokenKind close) {
    uint32_t mark = p->scratch.count;
    OuExpr *self = NULL;
    OuPosition end;
    bool is_tuple = p->tok->kind == close;
    if (p->tok->kind == OU_TOK_DOUBLESTAR) { return fail_double_star(p); }
    if (p->tok->kind == OU_TOK_yield) {
        self = ou_parse_yield(p);
        if (self == NULL) { return NULL; }
    } else if (!is_tuple) {
        self = ou_parse_star_named(p);
        if (self == NULL) { return NULL; }
        if (ou_parse_at_for(p)) { return ou_parse_comprehension(p, OU_EXPR_GeneratorExp, start, self, NULL, close); }
        is_tuple = p->tok->kind == OU_TOK_COMMA;
        if (is_tuple && !parse_items(p, self, false)) { return NULL; }
    }
    if (!take_close(p, close, &end)) { return NULL; }
    if (is_tuple) {
        self = OU_EXPR(p, Tuple, start, .elts = ou_take_exprs(p, mark));
        if (ou_expr_at(self, ou_span_to(start, end)) == NULL) { return NULL; }
    } else if (self->kind == OU_EXPR_Starred) {
        return ou_parser_blame(p, self->at, "cannot use starred expression here");
    }
    self->parenthesized = true;
    return self;
}

/* Behind the key of a pair whose ':' or value is wrong. */
static void diagnose_pair(OuParser *p, const OuExpr *key) {
    const OuToken *colon = p->tok;
    if (!ou_parser_accept(p, OU_TOK_COLON)) {
        OuPosition at = {key->at.end_line, key->at.end_column - 1, key->at.end_line, key->at.end_column};
        ou_parser_raise(p, at, "':' expected after dictionary key");
        if (p->err->end_line == (int)key->at.end_line && !p->in_field) { p->err->end_col = 0; }
    } else if (p->tok->kind == OU_TOK_STAR) {
        OuExpr *value = ou_parse_starred(p, ou_parse_bitwise_or);
        if (value != NULL) {
            OuPosition at = ou_span_to(value->at, value->as.Starred.value->at);
            ou_parser_raise(p, at, "cannot use a starred expression in a dictionary value");
        }
    } else if (p->tok->kind == OU_TOK_RBRACE || p->tok->kind == OU_TOK_COMMA) {
        ou_parser_raise_token(p, colon, "expression expected after dictionary key and ':'");
    }
}

typedef struct DictParts {
    OuArenaVec keys;
    OuArenaVec values;
} DictParts;

static bool parse_pair(OuParser *p, DictParts *parts) {
    OuExpr *key = NULL, *value;
    if (ou_parser_accept(p, OU_TOK_DOUBLESTAR)) {
        value = ou_parse_bitwise_or(p);
        if (value == NULL) { return false; }
    } else {
        key = ou_parse_expression(p);
        if (key == NULL) { return false; }
        OuParseMark at_colon = ou_parser_mark(p);
        value = ou_parser_accept(p, OU_TOK_COLON) ? ou_parse_expression(p) : NULL;
        if (value == NULL) {
            if (p->diagnose && ou_parser_recover(p)) {
                ou_parser_rewind(p, at_colon);
                diagnose_pair(p, key);
            }
            return ou_parser_nomatch(p);
        }
    }
    return ou_parser_push_to(p, &parts->keys, key) && ou_parser_push_to(p, &parts->values, value);
}

/* `{**a for ...}` */
static void diagnose_unpacking_comprehension(OuParser *p, OuPosition star) {
    OuComprehensionSeq clauses;
    if (p->diagnose && ou_parse_at_for(p)) {
        if (ou_parse_for_clauses(p, &clauses) && p->tok->kind == OU_TOK_RBRACE) {
            ou_parser_raise(p, star, "dict unpacking cannot be used in dict comprehension");
        }
        p->failed = true;
    }
}

static OU_APART OuExpr *parse_dict(OuParser *p, OuPosition start) {
    DictParts parts = {0};
    OuPosition star = p->tok->at;
    bool starts_with_star = p->tok->kind == OU_TOK_DOUBLESTAR;
    if (p->tok->kind != OU_TOK_RBRACE) {
        if (!parse_pair(p, &parts)) { return NULL; }
        if (starts_with_star) {
            diagnose_unpacking_comprehension(p, star);
        } else if (ou_parse_at_for(p)) {
            return ou_parse_comprehension(p, OU_EXPR_DictComp, start, parts.keys.items[0], parts.values.items[0],
                                          OU_TOK_RBRACE);
        }
        while (!p->failed && ou_parser_accept(p, OU_TOK_COMMA) && p->tok->kind != OU_TOK_RBRACE) {
            if (!parse_pair(p, &parts)) { return NULL; }
        }
    }
    if (p->failed || !ou_parser_expect(p, OU_TOK_RBRACE)) { return NULL; }
    return OU_EXPR(p, Dict, start, .keys = OU_SEQ_OF(OuExprSeq, parts.keys),
                   .values = OU_SEQ_OF(OuExprSeq, parts.values));
}

static OU_APART OuExpr *parse_braces(OuParser *p) {
    OuPosition start = ou_parser_advance(p);
    if (p->tok->kind == OU_TOK_RBRACE || p->tok->kind == OU_TOK_DOUBLESTAR) { return parse_dict(p, start); }
    OuParseMark mark = ou_parser_mark(p);
    OuExpr *first = ou_parse_star_named(p);
    if (first == NULL) { return NULL; }
    if (p->tok->kind == OU_TOK_COLON && first->kind != OU_EXPR_Starred) {
        if (first->kind == OU_EXPR_NamedExpr && !first->parenthesized) { return ou_parser_nomatch(p); }
        ou_parser_rewind(p, mark); /* seldom costly: keys are short */
        return parse_dict(p, start);
    }
    if (ou_parse_at_for(p)) { return ou_parse_comprehension(p, OU_EXPR_SetComp, start, first, NULL, OU_TOK_RBRACE); }
    if (!parse_items(p, first, true) || !ou_parser_expect(p, OU_TOK_RBRACE)) { return NULL; }
    return OU_EXPR(p, Set, start, .elts = ou_take_exprs(p, mark.scratch));
}

OuExpr *ou_parse_singleton(OuParser *p) {
    static const uint8_t kinds[OU_TOK_COUNT] = {[OU_TOK_None] = OU_UNIT_NONE,
                                                [OU_TOK_True] = OU_UNIT_TRUE,
                                                [OU_TOK_False] = OU_UNIT_FALSE,
                                                [OU_TOK_ELLIPSIS] = OU_UNIT_ELLIPSIS};
    OuUnitConstKind kind = (OuUnitConstKind)kinds[p->tok->kind];
    OuPosition start = ou_parser_advance(p);
    return OU_EXPR(p, Constant, start, .value.kind = kind);
}

OuExpr *ou_parse_name(OuParser *p) {
    OuPosition start = p->tok->at;
    OuIdent *id = ou_parser_ident(p);
    return OU_EXPR(p, Name, start, .id = id);
}

static OuExpr *parse_atom(OuParser *p) {
    switch (p->tok->kind) {
    case OU_TOK_NAME: return ou_parse_name(p);
    case OU_TOK_NUMBER: return ou_parse_number(p);
    case OU_TOK_STRING: return ou_parse_strings(p);
    case OU_TOK_None:
    case OU_TOK_True:
    case OU_TOK_False:
    case OU_TOK_ELLIPSIS: return ou_parse_singleton(p);
    case OU_TOK_LPAR: return ou_parse_parenthesized(p, ou_parser_advance(p), OU_TOK_RPAR);
    case OU_TOK_LSQB: return parse_list(p);
    case OU_TOK_LBRACE: return parse_braces(p);
    default: return ou_parser_nomatch(p);
    }
}

static bool ends_slice_part(const OuParser *p) {
    return p->tok->kind == OU_TOK_COLON || p->tok->kind == OU_TOK_COMMA || p->tok->kind == OU_TOK_RSQB;
}

static OU_APART OuExpr *parse_slice(OuParser *p) {
    OuPosition start = p->tok->at;
    OuExpr *parts[3] = {NULL, NULL, NULL};
    if (p->tok->kind == OU_TOK_STAR) { return ou_parse_star_named(p); }
    if (p->tok->kind != OU_TOK_COLON) {
        parts[0] = ou_parse_named(p);
        if (parts[0] == NULL || p->tok->kind != OU_TOK_COLON) { return parts[0]; }
        if (parts[0]->kind == OU_EXPR_NamedExpr && !parts[0]->parenthesized) { return ou_parser_nomatch(p); }
    }
    for (int i = 1; i < 3 && !p->failed && ou_parser_accept(p, OU_TOK_COLON); i++) {
        parts[i] = ends_slice_part(p) ? NULL : ou_parse_expression(p);
    }
    return OU_EXPR(p, Slice, start, .lower = parts[0], .upper = parts[1], .step = parts[2]);
}

static OU_APART OuExpr *parse_subscript(OuParser *p, OuExpr *value, OuPosition start) {
    ou_parser_advance(p);
    OuPosition inside = p->tok->at;
    uint32_t mark = p->scratch.count;
    OuExpr *slice = ou_parse_tuple(p, parse_slice, OU_TOK_RSQB);
    if (slice != NULL && slice->kind == OU_EXPR_Starred) { /* a[*b] is a[*b,] */
        ou_parser_push(p, slice);
        slice = OU_EXPR(p, Tuple, inside, .elts = ou_take_exprs(p, mark));
    }
    if (slice == NULL || !ou_parser_expect(p, OU_TOK_RSQB)) { return ou_parser_nomatch(p); }
    return OU_EXPR(p, Subscript, start, .value = value, .slice = slice);
}

OuExpr *ou_parse_attribute(OuParser *p, OuExpr *value, OuPosition start) {
    ou_parser_advance(p);
    OuIdent *attr = ou_parser_ident(p);
    return OU_EXPR(p, Attribute, start, .value = value, .attr = attr);
}

static OuExpr *parse_call(OuParser *p, OuExpr *func, OuPosition start) {
    OuExprSeq args = {0};
    OuKeywordSeq keywords = {0};
    if (!ou_parse_arguments(p, &args, &keywords)) { return NULL; }
    return OU_EXPR(p, Call, start, .func = func, .args = args, .keywords = keywords);
}

/* Spans begin at the first token, so that `(a).b` begins at the bracket. */
static OuExpr *parse_trailers(OuParser *p) {
    OuPosition start = p->tok->at;
    OuExpr *self = parse_atom(p);
    for (uint32_t links = 0; self != NULL; links++) {
        if (links > OU_PARSE_MAX_CHAIN) { return ou_parser_raise_token(p, p->tok, "too many nested expressions"); }
        switch (p->tok->kind) {
        case OU_TOK_DOT: self = ou_parse_attribute(p, self, start); break;
        case OU_TOK_LPAR: self = parse_call(p, self, start); break;
        case OU_TOK_LSQB: self = parse_subscript(p, self, start); break;
        default: return self;
        }
    }
    return NULL;
}

OuExpr *ou_parse_primary(OuParser *p) {
    OuPosition start = p->tok->at;
    if (!ou_parser_accept(p, OU_TOK_await)) { return p->failed ? NULL : parse_trailers(p); }
    OuExpr *value = parse_trailers(p);
    return OU_EXPR(p, Await, start, .value = value);
}
