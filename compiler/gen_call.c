/* Calls, and what makes callables: functions, lambdas, classes, comprehensions. */
#include "compiler/gen.h"

#include <string.h>

#define CALL_PIECE 24u /* arguments passed in temporaries; more travel in a tuple */

/* --- calls --------------------------------------------------------------------------------------------------- */

static bool needs_spread(const OuExprSeq *args, const OuKeywordSeq *keywords) {
    if (args->count + keywords->count > CALL_PIECE) { return true; }
    for (uint32_t i = 0; i < args->count; i++) {
        if (args->items[i]->kind == OU_EXPR_Starred) { return true; }
    }
    for (uint32_t i = 0; i < keywords->count; i++) {
        if (keywords->items[i]->arg == NULL) { return true; }
    }
    return false;
}

/* Evaluates positional arguments into a tuple in a fresh temporary. */
static void spread_positional(OuGen *g, const OuExpr *e, const OuExprSeq *args, OuReg callee) {
    OuReg home = ou_temp(g);
    OuReg mark = g->next_temp;
    uint32_t first = 0;
    while (first < args->count && first < CALL_PIECE && args->items[first]->kind != OU_EXPR_Starred) {
        ou_expr_to(g, args->items[first], ou_temp(g));
        first++;
    }
    g->next_temp = mark;
    ou_at_expr(g, e);
    if (first == args->count) {
        ou_emit(g, OP_BUILD_TUPLE, (uint32_t)home, (uint32_t)mark, first);
        return;
    }
    ou_emit(g, OP_BUILD_LIST, (uint32_t)home, (uint32_t)mark, first);
    for (uint32_t i = first; i < args->count; i++) {
        bool starred = args->items[i]->kind == OU_EXPR_Starred;
        OuReg value = ou_expr(g, starred ? args->items[i]->as.Starred.value : args->items[i]);
        ou_at_expr(g, args->items[i]);
        /* c: the callee's register plus one, so that the message for something not iterable can name it. */
        ou_emit(g, starred ? OP_LIST_EXTEND : OP_LIST_APPEND, (uint32_t)home, (uint32_t)value,
                starred && callee >= 0 ? (uint32_t)callee + 1 : 0);
        g->next_temp = mark;
    }
    ou_at_expr(g, e);
    ou_emit(g, OP_LIST_TO_TUPLE, (uint32_t)home, (uint32_t)home, 0);
}

static void spread_keywords(OuGen *g, const OuExpr *e, const OuKeywordSeq *keywords, OuReg callee) {
    OuReg home = ou_temp(g);
    OuReg mark = g->next_temp;
    ou_at_expr(g, e);
    ou_emit(g, OP_BUILD_DICT, (uint32_t)home, (uint32_t)mark, 0);
    for (uint32_t i = 0; i < keywords->count; i++) {
        const OuKeyword *keyword = keywords->items[i];
        if (keyword->arg == NULL) {
            OuReg mapping = ou_expr(g, keyword->value);
            ou_at_expr(g, keyword->value);
            ou_emit(g, OP_DICT_MERGE, (uint32_t)home, (uint32_t)mapping, (uint32_t)callee);
        } else {
            /* One pair is merged through a dict of its own, so that a name given twice is noticed. */
            OuReg one = ou_temp(g), name = ou_temp(g);
            OuIdent *ident = ou_scope_mangle(g->scope, keyword->arg);
            ou_load_text(g, name, ident->text, ident->len);
            ou_expr_to(g, keyword->value, ou_temp(g));
            ou_at_expr(g, e);
            ou_emit(g, OP_BUILD_DICT, (uint32_t)one, (uint32_t)name, 1);
            ou_emit(g, OP_DICT_MERGE, (uint32_t)home, (uint32_t)one, (uint32_t)callee);
        }
        g->next_temp = mark;
    }
}

static OuReg call_spread(OuGen *g, const OuExpr *e, const OuExprSeq *args, const OuKeywordSeq *keywords, OuReg callee,
                         OuReg want) {
    spread_positional(g, e, args, callee);
    if (keywords->count > 0) { spread_keywords(g, e, keywords, callee); }
    g->next_temp = callee;
    OuReg dst = want == OU_ANY ? ou_temp(g) : want;
    ou_at_expr(g, e);
    ou_emit(g, OP_CALL_EX, (uint32_t)callee, keywords->count > 0, (uint32_t)dst);
    return dst;
}

/* The callee lies in `callee` (and, for a method, what LOAD_METHOD gave in callee + 1). */
static OuReg call_plain(OuGen *g, const OuExpr *e, const OuExprSeq *args, const OuKeywordSeq *keywords, OuReg callee,
                        bool method, OuReg want) {
    for (uint32_t i = 0; i < args->count; i++) { ou_expr_to(g, args->items[i], ou_temp(g)); }
    for (uint32_t i = 0; i < keywords->count; i++) { ou_expr_to(g, keywords->items[i]->value, ou_temp(g)); }
    uint32_t names = 0;
    if (keywords->count > 0) {
        OuUnitConst tuple = {.kind = OU_UNIT_TUPLE};
        tuple.as.tuple.count = keywords->count;
        tuple.as.tuple.items = ou_arena_array(g->arena, keywords->count, sizeof(OuUnitConst));
        if (tuple.as.tuple.items == NULL) {
            ou_source_error(g->error, OU_ERR_MEMORY, 0, 0, 0, 0, "out of memory");
            g->failed = true;
            return callee;
        }
        for (uint32_t i = 0; i < keywords->count; i++) {
            OuIdent *name = ou_scope_mangle(g->scope, keywords->items[i]->arg);
            tuple.as.tuple.items[i] = (OuUnitConst){.kind = OU_UNIT_STR, .as.text = {name->text, name->len}};
        }
        names = ou_gen_const(g, &tuple);
    }
    g->next_temp = callee;
    OuReg dst = want == OU_ANY ? ou_temp(g) : want;
    ou_at_expr(g, e);
    uint32_t count = args->count + keywords->count;
    if (keywords->count > 0) {
        ou_emit(g, method ? OP_CALL_METHOD_KW : OP_CALL_KW, (uint32_t)callee, count, (uint32_t)dst);
        ou_emit_word(g, names);
    } else {
        ou_emit(g, method ? OP_CALL_METHOD : OP_CALL, (uint32_t)callee, count, (uint32_t)dst);
    }
    return dst;
}

OuReg ou_call_with(OuGen *g, const OuExpr *e, OuReg value, const OuExpr *method, OuReg want) {
    const OuExprSeq *args = &e->as.Call.args;
    const OuKeywordSeq *keywords = &e->as.Call.keywords;
    bool spread = needs_spread(args, keywords);
    OuReg callee = value;
    if (method == NULL || spread) {
        if (!ou_is_temp(g, value) || method != NULL) {
            OuReg home = ou_is_temp(g, value) ? value : ou_temp(g);
            if (method != NULL) {
                ou_at_expr(g, method);
                ou_emit(g, OP_LOAD_ATTR, (uint32_t)home, (uint32_t)value, 0);
                ou_emit_word(g, ou_gen_name(g, ou_scope_mangle(g->scope, method->as.Attribute.attr)));
                ou_emit_word(g, 0);
                ou_emit_word(g, 0);
                ou_emit_word(g, 0);
            } else {
                ou_move(g, home, value);
            }
            callee = home;
        }
        g->next_temp = callee + 1;
        return spread ? call_spread(g, e, args, keywords, callee, want)
                      : call_plain(g, e, args, keywords, callee, false, want);
    }
    callee = ou_is_temp(g, value) ? value : g->next_temp;
    g->next_temp = callee;
    ou_temp(g);
    ou_temp(g);
    ou_at_expr(g, method);
    ou_emit(g, OP_LOAD_METHOD, (uint32_t)callee, (uint32_t)value, 0);
    ou_emit_word(g, ou_gen_name(g, ou_scope_mangle(g->scope, method->as.Attribute.attr)));
    ou_emit_word(g, 0);
    ou_emit_word(g, 0);
    ou_emit_word(g, 0);
    return call_plain(g, e, args, keywords, callee, true, want);
}

void ou_super_method(OuGen *g, const OuExpr *node, const OuExpr *attribute, const OuExpr *outer, OuReg value) {
    const OuExpr *func = node->as.Call.func;
    if (attribute == NULL || outer == NULL || attribute->kind != OU_EXPR_Attribute || outer->kind != OU_EXPR_Call ||
        node->as.Call.args.count + node->as.Call.keywords.count > 0 || func->kind != OU_EXPR_Name ||
        !ou_ident_is(func->as.Name.id, "super") || !g->scope->is_function_like ||
        needs_spread(&outer->as.Call.args, &outer->as.Call.keywords)) {
        return;
    }
    ou_at_expr(g, attribute);
    ou_emit(g, OP_SUPER_METHOD, (uint32_t)value, (uint32_t)value, 0);
    ou_emit_word(g, ou_gen_name(g, ou_scope_mangle(g->scope, attribute->as.Attribute.attr)));
    for (int i = 0; i < 4; i++) { ou_emit_word(g, 0); }
}

/* --- functions ----------------------------------------------------------------------------------------------- */

static uint32_t add_child(OuGen *g, OuUnit *unit) {
    OuUnit **grown = ou_gen_grow(g, g->children, g->child_count, &g->child_capacity, sizeof *g->children);
    if (grown == NULL) { return 0; }
    g->children = grown;
    g->children[g->child_count] = unit;
    return g->child_count++;
}

static bool is_docstring(const OuStmtSeq *body, OuText *out) {
    if (body->count == 0 || body->items[0]->kind != OU_STMT_Expr) { return false; }
    const OuExpr *e = body->items[0]->as.Expr.value;
    if (e->kind != OU_EXPR_Constant || e->as.Constant.value.kind != OU_CONST_STR) { return false; }
    *out = (OuText){e->as.Constant.value.as.str.bytes, e->as.Constant.value.as.str.len};
    return true;
}

static OuUnit *function_unit(OuGen *outer, const OuExpr *lambda, const OuStmt *def) {
    OuGen g;
    OuScope *scope = lambda != NULL ? lambda->as.Lambda.scope : def->as.FunctionDef.scope;
    if (!ou_gen_begin(&g, outer, scope)) {
        outer->failed = true;
        return NULL;
    }
    if (lambda != NULL) {
        OuReg value = ou_expr(&g, lambda->as.Lambda.body);
        ou_at_expr(&g, lambda->as.Lambda.body);
        ou_emit(&g, OP_RETURN, (uint32_t)value, 0, 0);
    } else {
        const OuStmtSeq *body = &def->as.FunctionDef.body;
        g.unit->has_doc = is_docstring(body, &g.unit->doc);
        ou_find_unsafe(&g, body);
        ou_statements(&g, body);
        ou_emit(&g, OP_RETURN_NONE, 0, 0, 0);
    }
    return ou_gen_finish(&g) ? g.unit : NULL;
}

static void annotation(OuGen *g, OuIdent *name, const OuExpr *value) {
    OuIdent *mangled = ou_scope_mangle(g->scope, name);
    ou_load_text(g, ou_temp(g), mangled->text, mangled->len);
    ou_expr_to(g, value, ou_temp(g));
}

static uint32_t annotations(OuGen *g, const OuArguments *args, const OuExpr *returns) {
    uint32_t count = 0;
    const OuArgSeq *lists[] = {&args->posonlyargs, &args->args, NULL, &args->kwonlyargs};
    for (int which = 0; which < 4; which++) {
        if (which == 2) {
            if (args->vararg != NULL && args->vararg->annotation != NULL) {
                annotation(g, args->vararg->arg, args->vararg->annotation);
                count++;
            }
            continue;
        }
        for (uint32_t i = 0; i < lists[which]->count; i++) {
            const OuArg *arg = lists[which]->items[i];
            if (arg->annotation != NULL) {
                annotation(g, arg->arg, arg->annotation);
                count++;
            }
        }
    }
    if (args->kwarg != NULL && args->kwarg->annotation != NULL) {
        annotation(g, args->kwarg->arg, args->kwarg->annotation);
        count++;
    }
    if (returns != NULL) {
        ou_load_text(g, ou_temp(g), "return", 6);
        ou_expr_to(g, returns, ou_temp(g));
        count++;
    }
    return count;
}

OuReg ou_function(OuGen *g, const OuExpr *lambda, const OuStmt *def, OuReg want) {
    const OuArguments *args = lambda != NULL ? lambda->as.Lambda.args : def->as.FunctionDef.args;
    OuReg mark = g->next_temp;
    uint32_t flags = 0;
    if (args->defaults.count > 0) {
        flags |= 1;
        OuReg home = ou_temp(g);
        OuReg start = g->next_temp;
        if (args->defaults.count > CALL_PIECE) {
            g->next_temp = home;
            spread_positional(g, lambda != NULL ? lambda : args->defaults.items[0], &args->defaults, OU_ANY);
        } else {
            for (uint32_t i = 0; i < args->defaults.count; i++) { ou_expr_to(g, args->defaults.items[i], ou_temp(g)); }
            ou_emit(g, OP_BUILD_TUPLE, (uint32_t)home, (uint32_t)start, args->defaults.count);
        }
        g->next_temp = start;
    }
    uint32_t kwdefaults = 0;
    OuReg home = g->next_temp;
    for (uint32_t i = 0; i < args->kw_defaults.count; i++) {
        if (args->kw_defaults.items[i] != NULL) {
            if (kwdefaults == 0) { ou_temp(g); }
            OuIdent *name = ou_scope_mangle(g->scope, args->kwonlyargs.items[i]->arg);
            ou_load_text(g, ou_temp(g), name->text, name->len);
            ou_expr_to(g, args->kw_defaults.items[i], ou_temp(g));
            kwdefaults++;
        }
    }
    if (kwdefaults > 0) {
        flags |= 2;
        ou_emit(g, OP_BUILD_DICT, (uint32_t)home, (uint32_t)home + 1, kwdefaults);
        g->next_temp = home + 1;
    }
    if (def != NULL) {
        home = ou_temp(g);
        uint32_t count = annotations(g, args, def->as.FunctionDef.returns);
        g->next_temp = home;
        if (count > 0) {
            flags |= 4;
            ou_emit(g, OP_BUILD_DICT, (uint32_t)home, (uint32_t)home + 1, count);
            ou_temp(g);
        }
    }
    OuUnit *unit = function_unit(g, lambda, def);
    uint32_t child = unit != NULL ? add_child(g, unit) : 0;
    g->next_temp = mark;
    OuReg dst = want == OU_ANY ? ou_temp(g) : want;
    if (def != NULL) {
        ou_at_stmt(g, def);
    } else {
        ou_at_expr(g, lambda);
    }
    ou_emit(g, OP_FUNCTION, (uint32_t)dst, flags, (uint32_t)mark);
    ou_emit_word(g, child);
    return dst;
}

/* Decorators are evaluated first, top down, each in a temporary with room for its argument above it. */
static OuReg decorators_begin(OuGen *g, const OuExprSeq *list) {
    OuReg first = g->next_temp;
    for (uint32_t i = 0; i < list->count; i++) { ou_expr_to(g, list->items[i], ou_temp(g)); }
    return first;
}

static void decorators_end(OuGen *g, const OuExprSeq *list, OuReg first) {
    for (uint32_t i = list->count; i-- > 0;) {
        ou_at_expr(g, list->items[i]);
        ou_emit(g, OP_CALL, (uint32_t)first + i, 1, (uint32_t)first + i);
    }
}

void ou_function_def(OuGen *g, const OuStmt *s) {
    OuReg mark = g->next_temp;
    const OuExprSeq *list = &s->as.FunctionDef.decorator_list;
    if (list->count == 0) {
        OuReg local = ou_name_target(g, s->as.FunctionDef.name);
        OuReg made = ou_function(g, NULL, s, local);
        if (local == OU_ANY) {
            ou_at_stmt(g, s);
            ou_store_name(g, s->as.FunctionDef.name, made);
        } else {
            ou_mark_assigned(g, local);
        }
        g->next_temp = mark;
        return;
    }
    OuReg first = decorators_begin(g, list);
    OuReg home = ou_temp(g);
    g->next_temp = home;
    ou_function(g, NULL, s, ou_temp(g));
    decorators_end(g, list, first);
    ou_at_stmt(g, s);
    ou_store_name(g, s->as.FunctionDef.name, first);
    g->next_temp = mark;
}

/* --- classes --------------------------------------------------------------------------------------------------- */

static void store_text(OuGen *g, const char *name, OuReg value) {
    ou_emit_wide(g, OP_STORE_NAME, (uint32_t)value, ou_gen_name_text(g, name, (uint32_t)strlen(name)));
}

static OuUnit *class_unit(OuGen *outer, const OuStmt *s) {
    OuGen g;
    OuScope *scope = s->as.ClassDef.scope;
    if (!ou_gen_begin(&g, outer, scope)) {
        outer->failed = true;
        return NULL;
    }
    const OuStmtSeq *body = &s->as.ClassDef.body;
    OuReg temp = ou_temp(&g);
    ou_emit_wide(&g, OP_LOAD_GLOBAL, (uint32_t)temp, ou_gen_name_text(&g, "__name__", 8));
    ou_emit_word(&g, 0);
    ou_emit_word(&g, 0);
    ou_emit_word(&g, 0);
    store_text(&g, "__module__", temp);
    ou_load_text(&g, temp, scope->qualname->text, scope->qualname->len);
    store_text(&g, "__qualname__", temp);
    OuText doc;
    if (is_docstring(body, &doc)) {
        ou_load_text(&g, temp, doc.bytes, doc.length);
        store_text(&g, "__doc__", temp);
    }
    g.next_temp = temp;
    ou_statements(&g, body);
    if (scope->needs_class_cell) {
        for (uint32_t i = 0; i < scope->cellvars.count; i++) {
            if (ou_ident_is(scope->cellvars.items[i], "__class__")) {
                OuReg cell = ou_temp(&g);
                ou_emit(&g, OP_MOVE, (uint32_t)cell, g.cell_place[i], 0);
                store_text(&g, "__classcell__", cell);
            }
        }
    }
    ou_emit(&g, OP_RETURN_NONE, 0, 0, 0);
    return ou_gen_finish(&g) ? g.unit : NULL;
}

void ou_class_def(OuGen *g, const OuStmt *s) {
    OuReg mark = g->next_temp;
    const OuExprSeq *list = &s->as.ClassDef.decorator_list;
    OuReg first = decorators_begin(g, list);
    OuReg callee = ou_temp(g), function = ou_temp(g);
    ou_at_stmt(g, s);
    ou_emit(g, OP_BUILD_CLASS, (uint32_t)callee, 0, 0);
    OuUnit *unit = class_unit(g, s);
    uint32_t child = unit != NULL ? add_child(g, unit) : 0;
    ou_at_stmt(g, s);
    ou_emit(g, OP_FUNCTION, (uint32_t)function, 0, 0);
    ou_emit_word(g, child);
    /* The call: body function, name, bases, keywords. */
    const OuExprSeq *bases = &s->as.ClassDef.bases;
    const OuKeywordSeq *keywords = &s->as.ClassDef.keywords;
    OuExpr place = {
        .kind = OU_EXPR_Call, .line = s->line, .col = s->col, .end_line = s->end_line, .end_col = s->end_col};
    OuIdent *name = s->as.ClassDef.name;
    if (!needs_spread(bases, keywords)) {
        ou_load_text(g, ou_temp(g), name->text, name->len);
        place.as.Call.args = *bases;
        OuExprSeq all = *bases;
        /* call_plain counts from the temporaries it makes; the two made here come in front. */
        for (uint32_t i = 0; i < all.count; i++) { ou_expr_to(g, all.items[i], ou_temp(g)); }
        for (uint32_t i = 0; i < keywords->count; i++) { ou_expr_to(g, keywords->items[i]->value, ou_temp(g)); }
        uint32_t count = 2 + all.count + keywords->count;
        if (keywords->count > 0) {
            OuUnitConst tuple = {.kind = OU_UNIT_TUPLE};
            tuple.as.tuple.count = keywords->count;
            tuple.as.tuple.items = ou_arena_array(g->arena, keywords->count, sizeof(OuUnitConst));
            for (uint32_t i = 0; tuple.as.tuple.items != NULL && i < keywords->count; i++) {
                OuIdent *key = keywords->items[i]->arg;
                tuple.as.tuple.items[i] = (OuUnitConst){.kind = OU_UNIT_STR, .as.text = {key->text, key->len}};
            }
            uint32_t names = tuple.as.tuple.items != NULL ? ou_gen_const(g, &tuple) : 0;
            ou_at_expr(g, &place);
            ou_emit(g, OP_CALL_KW, (uint32_t)callee, count, (uint32_t)callee);
            ou_emit_word(g, names);
        } else {
            ou_at_expr(g, &place);
            ou_emit(g, OP_CALL, (uint32_t)callee, count, (uint32_t)callee);
        }
    } else {
        OuReg tuple = ou_temp(g);
        OuReg above = g->next_temp;
        ou_emit(g, OP_TAKE, (uint32_t)tuple, (uint32_t)function, 0);
        ou_load_text(g, ou_temp(g), name->text, name->len);
        ou_emit(g, OP_BUILD_LIST, (uint32_t)function, (uint32_t)tuple, 2);
        g->next_temp = tuple;
        for (uint32_t i = 0; i < bases->count; i++) {
            bool starred = bases->items[i]->kind == OU_EXPR_Starred;
            OuReg value = ou_expr(g, starred ? bases->items[i]->as.Starred.value : bases->items[i]);
            ou_emit(g, starred ? OP_LIST_EXTEND : OP_LIST_APPEND, (uint32_t)function, (uint32_t)value, 0);
            g->next_temp = tuple;
        }
        (void)above;
        ou_at_expr(g, &place);
        ou_emit(g, OP_LIST_TO_TUPLE, (uint32_t)function, (uint32_t)function, 0);
        g->next_temp = function + 1;
        if (keywords->count > 0) { spread_keywords(g, &place, keywords, callee); }
        ou_at_expr(g, &place);
        ou_emit(g, OP_CALL_EX, (uint32_t)callee, keywords->count > 0, (uint32_t)callee);
    }
    decorators_end(g, list, first);
    ou_at_stmt(g, s);
    ou_store_name(g, name, first);
    g->next_temp = mark;
}

/* --- comprehensions ---------------------------------------------------------------------------------------------- */

static const OuComprehensionSeq *generators_of(const OuExpr *e) {
    switch ((OuExprKind)e->kind) {
    case OU_EXPR_ListComp: return &e->as.ListComp.generators;
    case OU_EXPR_SetComp: return &e->as.SetComp.generators;
    case OU_EXPR_DictComp: return &e->as.DictComp.generators;
    default: return &e->as.GeneratorExp.generators;
    }
}

static void comprehension_item(OuGen *g, const OuExpr *e, OuReg home) {
    OuReg mark = g->next_temp;
    switch ((OuExprKind)e->kind) {
    case OU_EXPR_DictComp: {
        OuReg key = ou_operand(g, e->as.DictComp.key, e->as.DictComp.value);
        OuReg value = ou_expr(g, e->as.DictComp.value);
        ou_at_expr(g, e->as.DictComp.key);
        ou_emit(g, OP_DICT_SET, (uint32_t)home, (uint32_t)key, (uint32_t)value);
        break;
    }
    case OU_EXPR_GeneratorExp: {
        OuReg value = ou_expr(g, e->as.GeneratorExp.elt);
        g->next_temp = mark;
        OuReg sent = ou_temp(g);
        ou_at_expr(g, e->as.GeneratorExp.elt);
        ou_emit(g, OP_YIELD, (uint32_t)sent, (uint32_t)value, 0);
        ou_emit(g, OP_DROP, (uint32_t)sent, 0, 0);
        break;
    }
    default: {
        const OuExpr *elt = e->kind == OU_EXPR_ListComp ? e->as.ListComp.elt : e->as.SetComp.elt;
        OuReg value = ou_expr(g, elt);
        ou_at_expr(g, elt);
        ou_emit(g, e->kind == OU_EXPR_ListComp ? OP_LIST_APPEND : OP_SET_ADD, (uint32_t)home, (uint32_t)value, 0);
    }
    }
    g->next_temp = mark;
}

static void comprehension_loop(OuGen *g, const OuExpr *e, uint32_t depth, OuReg home) {
    const OuComprehensionSeq *generators = generators_of(e);
    const OuComprehension *part = generators->items[depth];
    if (part->is_async) {
        ou_gen_unsupported(g, e->line, e->col, "asynchronous comprehensions");
        return;
    }
    OuReg iterator = ou_temp(g);
    if (depth == 0) {
        ou_emit(g, OP_MOVE, (uint32_t)iterator, 0, 0);
    } else {
        OuReg value = ou_expr(g, part->iter);
        ou_at_expr(g, part->iter);
        ou_emit(g, OP_GET_ITER, (uint32_t)iterator, (uint32_t)value, 0);
        g->next_temp = iterator + 1;
    }
    uint32_t body = ou_label_new(g), next = ou_label_new(g);
    OuRegSet before = g->assigned;
    ou_emit_jump(g, OP_JUMP, 0, 0, 0, next);
    ou_label_here(g, body);
    OuReg local = part->target->kind == OU_EXPR_Name ? ou_name_target(g, part->target->as.Name.id) : OU_ANY;
    OuReg item = local;
    if (local == OU_ANY) {
        item = ou_temp(g);
        ou_store(g, part->target, item);
        g->next_temp = item;
    } else {
        ou_mark_assigned(g, local);
    }
    for (uint32_t i = 0; i < part->ifs.count; i++) { ou_condition(g, part->ifs.items[i], next, false); }
    if (depth + 1 < generators->count) {
        comprehension_loop(g, e, depth + 1, home);
    } else {
        comprehension_item(g, e, home);
    }
    ou_label_here(g, next);
    g->assigned = before;
    ou_at_expr(g, part->iter);
    ou_emit_jump(g, OP_FOR_ITER, (uint32_t)iterator, (uint32_t)item, 0, body);
    g->next_temp = iterator;
}

static OuUnit *comprehension_unit(OuGen *outer, const OuExpr *e) {
    OuGen g;
    if (!ou_gen_begin(&g, outer, ou_scope_of_expr(e))) {
        outer->failed = true;
        return NULL;
    }
    OuReg home = ou_temp(&g);
    OuOpcode op = e->kind == OU_EXPR_ListComp  ? OP_BUILD_LIST
                  : e->kind == OU_EXPR_SetComp ? OP_BUILD_SET
                                               : OP_BUILD_DICT;
    ou_at_expr(&g, e);
    if (e->kind != OU_EXPR_GeneratorExp) { ou_emit(&g, op, (uint32_t)home, (uint32_t)home, 0); }
    comprehension_loop(&g, e, 0, home);
    ou_at_expr(&g, e);
    if (e->kind == OU_EXPR_GeneratorExp) {
        ou_emit(&g, OP_RETURN_NONE, 0, 0, 0);
    } else {
        ou_emit(&g, OP_RETURN, (uint32_t)home, 0, 0);
    }
    return ou_gen_finish(&g) ? g.unit : NULL;
}

OuReg ou_comprehension(OuGen *g, const OuExpr *e, OuReg want) {
    OuReg callee = ou_temp(g), argument = ou_temp(g);
    OuUnit *unit = comprehension_unit(g, e);
    uint32_t child = unit != NULL ? add_child(g, unit) : 0;
    ou_at_expr(g, e);
    ou_emit(g, OP_FUNCTION, (uint32_t)callee, 0, 0);
    ou_emit_word(g, child);
    const OuExpr *iterable = generators_of(e)->items[0]->iter;
    OuReg value = ou_expr(g, iterable);
    ou_at_expr(g, iterable);
    ou_emit(g, OP_GET_ITER, (uint32_t)argument, (uint32_t)value, 0);
    g->next_temp = callee;
    OuReg dst = want == OU_ANY ? ou_temp(g) : want;
    ou_at_expr(g, e);
    ou_emit(g, OP_CALL, (uint32_t)callee, 1, (uint32_t)dst);
    return dst;
}
