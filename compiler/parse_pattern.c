/* The match statement and its patterns. See parser.h. */
#include "compiler/parser.h"

static OuPattern *parse_as_pattern(OuParser *p);

static OuExpr *parse_plain_number(OuParser *p) {
    return p->tok->kind == OU_TOK_NUMBER ? ou_parse_number(p) : ou_parser_nomatch(p);
}

static OuExpr *parse_signed_number(OuParser *p) {
    OuPosition start = p->tok->at;
    if (!ou_parser_accept(p, OU_TOK_MINUS)) { return parse_plain_number(p); }
    OuExpr *number = parse_plain_number(p);
    return OU_EXPR(p, UnaryOp, start, .op = OU_UNARY_USub, .operand = number);
}

/* -1, 2.5, 3+4j */
static OuExpr *parse_number_value(OuParser *p) {
    OuPosition start = p->tok->at;
    OuExpr *left = parse_signed_number(p);
    if (left == NULL || (p->tok->kind != OU_TOK_PLUS && p->tok->kind != OU_TOK_MINUS)) { return left; }
    OuOperator op = p->tok->kind == OU_TOK_PLUS ? OU_OP_Add : OU_OP_Sub;
    const OuExpr *real = left->kind == OU_EXPR_UnaryOp ? left->as.UnaryOp.operand : left;
    ou_parser_advance(p);
    OuExpr *right = parse_plain_number(p);
    if (right == NULL) { return NULL; }
    if (real->as.Constant.is_imaginary) {
        return ou_parser_raise(p, left->at, "real number required in complex literal");
    }
    if (!right->as.Constant.is_imaginary) {
        return ou_parser_raise(p, right->at, "imaginary number required in complex literal");
    }
    return OU_EXPR(p, BinOp, start, .left = left, .op = op, .right = right);
}

/* name or a.b.c */
static OuExpr *parse_dotted(OuParser *p) {
    OuPosition start = p->tok->at;
    OuExpr *self = ou_parse_name(p);
    while (self != NULL && p->tok->kind == OU_TOK_DOT) { self = ou_parse_attribute(p, self, start); }
    return self;
}

/* A literal or dotted name by which a value is compared; NULL without `failed` when there is none. */
static OuExpr *parse_value(OuParser *p) {
    switch (p->tok->kind) {
    case OU_TOK_MINUS:
    case OU_TOK_NUMBER: return parse_number_value(p);
    case OU_TOK_STRING: return ou_parse_strings(p);
    case OU_TOK_None:
    case OU_TOK_True:
    case OU_TOK_False: return ou_parse_singleton(p);
    case OU_TOK_NAME: return parse_dotted(p);
    default: return NULL;
    }
}

static OuPattern *parse_class_pattern(OuParser *p, OuPosition start, OuExpr *cls) {
    OuArenaVec patterns = {0}, names = {0}, kwd_patterns = {0};
    ou_parser_advance(p);
    while (!p->failed && p->tok->kind != OU_TOK_RPAR) {
        bool is_keyword = p->tok->kind == OU_TOK_NAME && ou_parser_next_kind(p) == OU_TOK_EQUAL;
        if (is_keyword) {
            ou_parser_push_to(p, &names, p->tok->ident);
            ou_parser_seek(p, p->pos + 2);
        }
        OuPattern *value = parse_as_pattern(p);
        if (value != NULL && !is_keyword && names.count > 0) {
            return ou_parser_blame(p, value->at, "positional patterns follow keyword patterns");
        }
        ou_parser_push_to(p, is_keyword ? &kwd_patterns : &patterns, value);
        if (p->failed || !ou_parser_accept(p, OU_TOK_COMMA)) { break; }
    }
    if (p->failed || !ou_parser_expect(p, OU_TOK_RPAR)) { return NULL; }
    return OU_PATTERN(p, MatchClass, start, .cls = cls, .patterns = OU_SEQ_OF(OuPatternSeq, patterns),
                      .kwd_attrs = OU_SEQ_OF(OuIdentSeq, names), .kwd_patterns = OU_SEQ_OF(OuPatternSeq, kwd_patterns));
}

/* What a name captures: nothing when it is `_`. */
static OuIdent *captured(OuIdent *name) { return name != NULL && ou_ident_is(name, "_") ? NULL : name; }

static OuPattern *parse_star_pattern(OuParser *p) {
    OuPosition start = p->tok->at;
    if (!ou_parser_accept(p, OU_TOK_STAR)) { return parse_as_pattern(p); }
    OuIdent *name = ou_parser_ident(p);
    return OU_PATTERN(p, MatchStar, start, .name = captured(name));
}

static OuPattern *parse_bracket_pattern(OuParser *p, OuTokenKind close) {
    OuPosition start = ou_parser_advance(p);
    uint32_t mark = p->scratch.count;
    bool commas = false;
    while (!p->failed && p->tok->kind != close) {
        ou_parser_push(p, parse_star_pattern(p));
        if (p->failed || !ou_parser_accept(p, OU_TOK_COMMA)) { break; }
        commas = true;
    }
    if (p->failed || !ou_parser_expect(p, close)) { return NULL; }
    if (close == OU_TOK_RPAR && !commas && p->scratch.count == mark + 1) {
        OuPattern *only = p->scratch.items[mark];
        p->scratch.count = mark;
        return only->kind == OU_PATTERN_MatchStar ? ou_parser_nomatch(p) : only;
    }
    return OU_PATTERN(p, MatchSequence, start, .patterns = ou_take_patterns(p, mark));
}

static OuPattern *parse_mapping(OuParser *p) {
    OuPosition start = ou_parser_advance(p);
    OuArenaVec keys = {0}, values = {0};
    OuIdent *rest = NULL;
    while (!p->failed && p->tok->kind != OU_TOK_RBRACE && rest == NULL) {
        if (ou_parser_accept(p, OU_TOK_DOUBLESTAR)) {
            if (ou_parser_is_soft(p, "_")) { return ou_parser_nomatch(p); }
            rest = ou_parser_ident(p);
        } else {
            bool is_name = p->tok->kind == OU_TOK_NAME;
            OuExpr *key = parse_value(p);
            bool fits =
                key != NULL && (!is_name || key->kind == OU_EXPR_Attribute) && ou_parser_expect(p, OU_TOK_COLON);
            OuPattern *value = fits ? parse_as_pattern(p) : NULL;
            if (value == NULL || !ou_parser_push_to(p, &keys, key) || !ou_parser_push_to(p, &values, value)) {
                return ou_parser_nomatch(p);
            }
        }
        if (!ou_parser_accept(p, OU_TOK_COMMA)) { break; }
    }
    if (p->failed || !ou_parser_expect(p, OU_TOK_RBRACE)) { return NULL; }
    return OU_PATTERN(p, MatchMapping, start, .keys = OU_SEQ_OF(OuExprSeq, keys),
                      .patterns = OU_SEQ_OF(OuPatternSeq, values), .rest = rest);
}

static OuPattern *parse_closed(OuParser *p) {
    OuPosition start = p->tok->at;
    OuTokenKind kind = (OuTokenKind)p->tok->kind;
    if (kind == OU_TOK_LPAR) { return parse_bracket_pattern(p, OU_TOK_RPAR); }
    if (kind == OU_TOK_LSQB) { return parse_bracket_pattern(p, OU_TOK_RSQB); }
    if (kind == OU_TOK_LBRACE) { return parse_mapping(p); }
    OuExpr *value = parse_value(p);
    if (value == NULL) { return ou_parser_nomatch(p); }
    if (kind == OU_TOK_None || kind == OU_TOK_True || kind == OU_TOK_False) {
        return OU_PATTERN(p, MatchSingleton, start, .value = value->as.Constant.value.kind);
    }
    if (kind == OU_TOK_NAME && p->tok->kind == OU_TOK_LPAR) { return parse_class_pattern(p, start, value); }
    if (value->kind != OU_EXPR_Name) { return OU_PATTERN(p, MatchValue, start, .value = value); }
    if (p->tok->kind == OU_TOK_EQUAL) { return ou_parser_nomatch(p); }
    return OU_PATTERN(p, MatchAs, start, .name = captured(value->as.Name.id));
}

static OuPattern *parse_or_pattern(OuParser *p) {
    OuPosition start = p->tok->at;
    uint32_t mark = p->scratch.count;
    OuPattern *first = parse_closed(p);
    if (first == NULL || p->tok->kind != OU_TOK_VBAR) { return first; }
    ou_parser_push(p, first);
    while (ou_parser_accept(p, OU_TOK_VBAR)) { ou_parser_push(p, parse_closed(p)); }
    return OU_PATTERN(p, MatchOr, start, .patterns = ou_take_patterns(p, mark));
}

/* Behind `as`. */
static OuPattern *finish_as(OuParser *p, OuPosition start, OuPattern *pattern) {
    const OuToken *name = p->tok;
    if (ou_parser_is_soft(p, "_")) { return ou_parser_blame(p, name->at, "cannot use '_' as a target"); }
    if (name->kind != OU_TOK_NAME) {
        OuExpr *target = p->diagnose && ou_parse_starts_expression(name) ? ou_parse_expression(p) : NULL;
        return target != NULL ? ou_parser_raise(p, target->at, "invalid pattern target") : ou_parser_nomatch(p);
    }
    ou_parser_advance(p);
    return OU_PATTERN(p, MatchAs, start, .pattern = pattern, .name = name->ident);
}

static OuPattern *parse_as_pattern(OuParser *p) {
    OuPosition start = p->tok->at;
    if (p->failed || !ou_parser_enter(p)) { return NULL; }
    OuPattern *self = parse_or_pattern(p);
    if (self != NULL && ou_parser_accept(p, OU_TOK_as)) { self = finish_as(p, start, self); }
    ou_parser_leave(p);
    return p->failed ? NULL : self;
}

static OuPattern *parse_patterns(OuParser *p) {
    OuPosition start = p->tok->at;
    uint32_t mark = p->scratch.count;
    OuPattern *first = parse_star_pattern(p);
    if (first == NULL || p->tok->kind != OU_TOK_COMMA) {
        return first != NULL && first->kind == OU_PATTERN_MatchStar ? ou_parser_nomatch(p) : first;
    }
    ou_parser_push(p, first);
    while (ou_parser_accept(p, OU_TOK_COMMA) && p->tok->kind != OU_TOK_COLON && p->tok->kind != OU_TOK_if) {
        ou_parser_push(p, parse_star_pattern(p));
    }
    return OU_PATTERN(p, MatchSequence, start, .patterns = ou_take_patterns(p, mark));
}

static OuExpr *parse_subject(OuParser *p) {
    OuExpr *self = ou_parse_at_item(p) ? ou_parse_tuple(p, ou_parse_star_named, OU_TOK_ERROR) : NULL;
    return self != NULL && self->kind == OU_EXPR_Starred ? ou_parser_nomatch(p) : self;
}

static OuMatchCase *parse_case(OuParser *p) {
    uint32_t line = ou_parser_advance(p).line;
    OuMatchCase *self = ou_parser_new(p, sizeof *self);
    if (p->failed) { return NULL; }
    self->pattern = parse_patterns(p);
    if (self->pattern != NULL && ou_parser_accept(p, OU_TOK_if)) { self->guard = ou_parse_named(p); }
    return ou_parse_block(p, &self->body, "'case' statement", line) ? self : NULL;
}

static OuStmt *parse_cases(OuParser *p, OuPosition start, OuExpr *subject) {
    uint32_t mark = p->scratch.count;
    while (!p->failed && ou_parser_is_soft(p, "case")) { ou_parser_push(p, parse_case(p)); }
    if (p->failed || p->scratch.count == mark || !ou_parser_expect(p, OU_TOK_DEDENT)) { return ou_parser_nomatch(p); }
    return OU_BLOCK(p, Match, start, .subject = subject, .cases = ou_take_cases(p, mark));
}

/* `match` is a name unless a subject, a colon and an indented `case` follow. */
OuStmt *ou_parse_match(OuParser *p) {
    OuParseMark mark = ou_parser_mark(p);
    OuPosition start = ou_parser_advance(p);
    OuExpr *subject = parse_subject(p);
    if (subject != NULL && p->diagnose && p->tok->kind == OU_TOK_NEWLINE) {
        return ou_parser_blame_last(p, "expected ':'");
    }
    if (subject != NULL && ou_parser_accept(p, OU_TOK_COLON) && p->tok->kind == OU_TOK_NEWLINE) {
        return ou_parse_indent(p, "'match' statement", start.line) ? parse_cases(p, start, subject) : NULL;
    }
    if (ou_parser_recover(p)) { ou_parser_rewind(p, mark); }
    return NULL;
}
