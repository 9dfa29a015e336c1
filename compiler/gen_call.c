/* Calls, and what makes callables: functions, lambdas, classes, comprehensions. */
#include "compiler/gen.h"

#include <string.h>

/* Do arguments travel in a tuple and a dict instead of temporaries? */
static bool needs_spread(const OuExprSeq *args, const OuKeywordSeq *keywords) {
    if (args->count + keywords->count > OU_PIECE) { return true; }
    for (uint32_t i = 0; i < keywords->count; i++) {
        if (keywords->items[i]->arg == NULL) { return true; }
    }
    return ou_has_star(args);
}

/* Evaluates positional arguments into a tuple in a fresh temporary. */
static void spread_positional(OuGen *g, OuPosition at, const OuExprSeq *args, OuReg callee) {
    OuReg home = g->next_temp;
    if (args->count <= OU_PIECE && !ou_has_star(args)) {
        ou_temp(g);
        ou_exprs(g, args);
        ou_emit_at(g, at, OP_BUILD_TUPLE, home, home + 1, args->count);
    } else {
        ou_build(g, at, args, false, callee);
        ou_emit_at(g, at, OP_LIST_TO_TUPLE, home, home, 0);
    }
    g->next_temp = home + 1;
}

static void spread_keywords(OuGen *g, OuPosition at, const OuKeywordSeq *keywords, OuReg callee) {
    OuReg home = ou_temp(g);
    OuReg mark = g->next_temp;
    ou_emit_at(g, at, OP_BUILD_DICT, home, mark, 0);
    for (uint32_t i = 0; i < keywords->count; i++) {
        const OuKeyword *keyword = keywords->items[i];
        if (keyword->arg == NULL) {
            OuReg mapping = ou_expr(g, keyword->value);
            ou_emit_at(g, at, OP_DICT_MERGE, home, mapping, callee);
        } else {
            /* One pair is merged through a dict of its own, so that a name given twice is noticed. */
            OuReg one = ou_temp(g), name = ou_temp(g);
            ou_load_text(g, name, keyword->arg->text, keyword->arg->len);
            ou_expr_to(g, keyword->value, ou_temp(g));
            ou_emit_at(g, at, OP_BUILD_DICT, one, name, 1);
            ou_emit(g, OP_DICT_MERGE, home, one, callee);
        }
        g->next_temp = mark;
    }
}

static OuReg call_spread(OuGen *g, const OuExpr *e, OuReg callee, OuReg want) {
    const OuExprSeq *args = &e->as.Call.args;
    const OuKeywordSeq *keywords = &e->as.Call.keywords;
    if (args->count == 1 && args->items[0]->kind == OU_EXPR_Starred && keywords->count > 0) {
        /* f(*a, **b): what a holds is looked at when b is known to be a mapping. */
        OuReg only = ou_temp(g);
        ou_expr_to(g, args->items[0]->as.Starred.value, only);
        spread_keywords(g, e->at, keywords, callee);
        OuReg list = ou_temp(g);
        ou_emit_at(g, e->at, OP_BUILD_LIST, list, list + 1, 0);
        ou_emit(g, OP_LIST_EXTEND, list, only, callee + 1);
        ou_emit(g, OP_LIST_TO_TUPLE, only, list, 0);
        g->next_temp = list;
    } else {
        spread_positional(g, e->at, args, callee);
        if (keywords->count > 0) { spread_keywords(g, e->at, keywords, callee); }
    }
    OuReg dst = ou_result(g, callee, want);
    ou_emit_at(g, e->at, OP_CALL_EX, callee, keywords->count > 0, dst);
    return dst;
}

/* The callee lies in `callee`, followed by `given` arguments. A method: CALL_METHOD, which finds its object behind the
 * callee. */
static OuReg call_plain(OuGen *g, OuPosition at, const OuExprSeq *args, const OuKeywordSeq *keywords, OuReg callee,
                        uint32_t given, bool method, OuReg want) {
    ou_exprs(g, args);
    for (uint32_t i = 0; i < keywords->count; i++) { ou_expr_to(g, keywords->items[i]->value, ou_temp(g)); }
    uint32_t count = given + args->count + keywords->count;
    OuUnitConst names = ou_gen_tuple(g, keywords->count);
    for (uint32_t i = 0; i < names.as.tuple.count; i++) {
        names.as.tuple.items[i] = ou_text_const(keywords->items[i]->arg); /* private names stay as they are */
    }
    OuReg dst = ou_result(g, callee, want);
    if (keywords->count > 0) {
        uint32_t index = ou_gen_const(g, &names);
        ou_emit_at(g, at, method ? OP_CALL_METHOD_KW : OP_CALL_KW, callee, count, dst);
        ou_emit_word(g, index);
    } else {
        ou_emit_at(g, at, method ? OP_CALL_METHOD : OP_CALL, callee, count, dst);
    }
    return dst;
}

OuReg ou_call_with(OuGen *g, const OuExpr *e, OuReg value, const OuExpr *method, OuReg want) {
    const OuExprSeq *args = &e->as.Call.args;
    const OuKeywordSeq *keywords = &e->as.Call.keywords;
    bool spread = needs_spread(args, keywords);
    OuReg callee = value;
    if (method != NULL && !spread) {
        callee = ou_is_temp(g, value) ? value : g->next_temp;
        g->next_temp = callee;
        ou_temp(g);
        ou_temp(g);
        ou_emit_attribute(g, method->at, OP_LOAD_METHOD, callee, value, method->as.Attribute.attr);
        return call_plain(g, e->at, args, keywords, callee, 0, true, want);
    }
    if (!ou_is_temp(g, value)) { callee = ou_temp(g); }
    if (method != NULL) {
        ou_emit_attribute(g, method->at, OP_LOAD_ATTR, callee, value, method->as.Attribute.attr);
    } else {
        ou_move(g, callee, value);
    }
    g->next_temp = callee + 1;
    return spread ? call_spread(g, e, callee, want) : call_plain(g, e->at, args, keywords, callee, 0, false, want);
}

void ou_super_method(OuGen *g, const OuExpr *node, const OuExpr *attribute, const OuExpr *outer, OuReg value) {
    const OuExpr *func = node->as.Call.func;
    if (attribute == NULL || outer == NULL || attribute->kind != OU_EXPR_Attribute || outer->kind != OU_EXPR_Call ||
        node->as.Call.args.count + node->as.Call.keywords.count > 0 || func->kind != OU_EXPR_Name ||
        !ou_ident_is(func->as.Name.id, "super") || !g->scope->is_function_like ||
        needs_spread(&outer->as.Call.args, &outer->as.Call.keywords)) {
        return;
    }
    ou_emit_attribute(g, attribute->at, OP_SUPER_METHOD, value, value, attribute->as.Attribute.attr);
    ou_emit_cache(g, 1);
}

bool ou_gen_docstring(const OuStmtSeq *body, OuText *out) {
    if (body->count == 0 || body->items[0]->kind != OU_STMT_Expr) { return false; }
    const OuExpr *e = body->items[0]->as.Expr.value;
    if (!ou_expr_is_constant(e, OU_UNIT_STR)) { return false; }
    *out = e->as.Constant.value.as.text;
    return true;
}

static OuUnit *function_unit(OuGen *outer, const OuExpr *lambda, const OuStmt *def) {
    OuGen g;
    if (!ou_gen_begin(&g, outer, lambda != NULL ? lambda->as.Lambda.scope : def->as.FunctionDef.scope)) { return NULL; }
    if (lambda != NULL) {
        OuReg value = ou_expr(&g, lambda->as.Lambda.body);
        ou_emit_at(&g, lambda->as.Lambda.body->at, OP_RETURN, value, 0, 0);
    } else {
        const OuStmtSeq *body = &def->as.FunctionDef.body;
        g.unit->has_doc = ou_gen_docstring(body, &g.unit->doc);
        ou_find_unsafe(&g, body);
        ou_statements(&g, body);
        ou_emit(&g, OP_RETURN_NONE, 0, 0, 0);
    }
    return ou_gen_finish(&g);
}

/* The annotation of one parameter, if it has any: name and value in two temporaries. */
static void annotation(void *context, const OuArg *arg) {
    OuGen *g = context;
    if (arg->annotation == NULL) { return; }
    ou_load_ident(g, ou_temp(g), arg->arg);
    ou_expr_to(g, arg->annotation, ou_temp(g));
}

static void annotations(OuGen *g, const OuArguments *args, const OuExpr *returns) {
    ou_each_annotated(args, annotation, g);
    if (returns == NULL) { return; }
    ou_load_text(g, ou_temp(g), "return", 6);
    ou_expr_to(g, returns, ou_temp(g));
}

static void keyword_defaults(OuGen *g, const OuArguments *args) {
    for (uint32_t i = 0; i < args->kw_defaults.count; i++) {
        if (args->kw_defaults.items[i] == NULL) { continue; }
        ou_load_ident(g, ou_temp(g), args->kwonlyargs.items[i]->arg);
        ou_expr_to(g, args->kw_defaults.items[i], ou_temp(g));
    }
}

/* Ends a dict of the pairs above the temporary `home`, which it goes to; without any, `home` is given back. */
static bool finish_pairs(OuGen *g, OuReg home) {
    uint32_t count = (uint32_t)(g->next_temp - home) / 2;
    if (count > 0) { ou_emit(g, OP_BUILD_DICT, home, home + 1, count); }
    g->next_temp = count > 0 ? home + 1 : home;
    return count > 0;
}

OuReg ou_function(OuGen *g, const OuExpr *lambda, const OuStmt *def, OuReg want) {
    const OuArguments *args = lambda != NULL ? lambda->as.Lambda.args : def->as.FunctionDef.args;
    OuReg mark = g->next_temp;
    uint32_t flags = 0;
    if (args->defaults.count > 0) {
        flags |= 1;
        spread_positional(g, lambda != NULL ? lambda->at : args->defaults.items[0]->at, &args->defaults, OU_ANY);
    }
    OuReg home = ou_temp(g);
    keyword_defaults(g, args);
    if (finish_pairs(g, home)) { flags |= 2; }
    if (lambda == NULL) {
        home = ou_temp(g);
        annotations(g, args, def->as.FunctionDef.returns);
        if (finish_pairs(g, home)) { flags |= 4; }
    }
    OuUnit *unit = function_unit(g, lambda, def);
    OuReg dst = ou_result(g, mark, want);
    ou_emit_function(g, lambda != NULL ? lambda->at : def->at, dst, flags, mark, unit);
    return dst;
}

/* Decorators are evaluated first, top down, each in a temporary with room for its argument above it. */
static void apply_decorators(OuGen *g, const OuExprSeq *list, OuReg first) {
    for (uint32_t i = list->count; i-- > 0;) { ou_emit_at(g, list->items[i]->at, OP_CALL, first + i, 1, first + i); }
}

void ou_function_def(OuGen *g, const OuStmt *s) {
    const OuExprSeq *decorators = &s->as.FunctionDef.decorator_list;
    OuIdent *name = s->as.FunctionDef.name;
    OuReg local = decorators->count == 0 ? ou_name_target(g, name) : OU_ANY;
    OuReg first = g->next_temp;
    ou_exprs(g, decorators);
    ou_function(g, NULL, s, decorators->count > 0 ? ou_temp(g) : local);
    apply_decorators(g, decorators, first);
    if (local == OU_ANY) {
        g->position = s->at;
        ou_store_name(g, name, first);
    } else {
        ou_mark_assigned(g, local);
    }
}

static void store_text(OuGen *g, const char *name, OuReg value) {
    ou_emit_wide(g, OP_STORE_NAME, value, ou_gen_name_text(g, name, strlen(name)));
}

static OuUnit *class_unit(OuGen *outer, const OuStmt *s) {
    OuGen g;
    OuScope *scope = s->as.ClassDef.scope;
    if (!ou_gen_begin(&g, outer, scope)) { return NULL; }
    const OuStmtSeq *body = &s->as.ClassDef.body;
    OuReg temp = ou_temp(&g);
    ou_emit_global(&g, OP_LOAD_GLOBAL, temp, ou_gen_name_text(&g, "__name__", 8));
    store_text(&g, "__module__", temp);
    ou_load_text(&g, temp, scope->qualname->text, scope->qualname->len);
    store_text(&g, "__qualname__", temp);
    OuText doc;
    if (ou_gen_docstring(body, &doc)) {
        ou_load_text(&g, temp, doc.bytes, doc.length);
        store_text(&g, "__doc__", temp);
    }
    g.next_temp = temp;
    ou_statements(&g, body);
    for (uint32_t i = 0; scope->needs_class_cell && i < scope->cellvars.count; i++) {
        if (ou_ident_is(scope->cellvars.items[i], "__class__")) {
            store_text(&g, "__classcell__", ou_copy(&g, g.cell_place[i]));
        }
    }
    ou_emit(&g, OP_RETURN_NONE, 0, 0, 0);
    return ou_gen_finish(&g);
}

/* The call of __build_class__ where arguments are spread; the body's function lies behind the callee. */
static void call_class_spread(OuGen *g, const OuStmt *s, OuReg callee) {
    const OuExprSeq *bases = &s->as.ClassDef.bases;
    const OuKeywordSeq *keywords = &s->as.ClassDef.keywords;
    OuIdent *name = s->as.ClassDef.name;
    OuReg function = callee + 1, above = ou_temp(g);
    ou_emit(g, OP_TAKE, above, function, 0);
    ou_load_text(g, ou_temp(g), name->text, name->len);
    ou_emit(g, OP_BUILD_LIST, function, above, 2);
    g->next_temp = above;
    ou_build_more(g, function, bases, 0, false, OU_ANY);
    ou_emit_at(g, s->at, OP_LIST_TO_TUPLE, function, function, 0);
    if (keywords->count > 0) { spread_keywords(g, s->at, keywords, callee); }
    ou_emit_at(g, s->at, OP_CALL_EX, callee, keywords->count > 0, callee);
}

void ou_class_def(OuGen *g, const OuStmt *s) {
    const OuExprSeq *list = &s->as.ClassDef.decorator_list, *bases = &s->as.ClassDef.bases;
    const OuKeywordSeq *keywords = &s->as.ClassDef.keywords;
    OuIdent *name = s->as.ClassDef.name;
    OuReg first = g->next_temp;
    ou_exprs(g, list);
    OuReg callee = ou_temp(g), function = ou_temp(g);
    ou_emit_at(g, s->at, OP_BUILD_CLASS, callee, 0, 0);
    ou_emit_function(g, s->at, function, 0, 0, class_unit(g, s));
    if (needs_spread(bases, keywords)) {
        call_class_spread(g, s, callee);
    } else {
        ou_load_text(g, ou_temp(g), name->text, name->len);
        call_plain(g, s->at, bases, keywords, callee, 2, false, callee);
    }
    apply_decorators(g, list, first);
    g->position = s->at;
    g->next_temp = callee + 1;
    ou_store_name(g, name, first);
}

static void comprehension_item(OuGen *g, const OuExpr *e, OuReg home) {
    const OuExpr *elt = e->as.ListComp.elt, *paired = e->as.ListComp.value;
    OuReg mark = g->next_temp;
    OuReg item = ou_operand(g, elt, paired);
    switch ((OuExprKind)e->kind) {
    case OU_EXPR_DictComp: {
        OuReg value = ou_expr(g, paired);
        ou_emit_at(g, elt->at, OP_DICT_SET, home, item, value);
        break;
    }
    case OU_EXPR_GeneratorExp:
        g->next_temp = mark;
        ou_emit_at(g, elt->at, OP_YIELD, ou_temp(g), item, 0);
        ou_emit(g, OP_DROP, mark, 0, 0);
        break;
    default: ou_emit_at(g, elt->at, e->kind == OU_EXPR_ListComp ? OP_LIST_APPEND : OP_SET_ADD, home, item, 0);
    }
    g->next_temp = mark;
}

static void comprehension_loop(OuGen *g, const OuExpr *e, uint32_t depth, OuReg home) {
    const OuComprehensionSeq *generators = &e->as.ListComp.generators;
    const OuComprehension *part = generators->items[depth];
    if (part->is_async) {
        ou_gen_unsupported(g, e->at, "asynchronous comprehensions");
        return;
    }
    OuReg iterator = ou_temp(g);
    if (depth == 0) {
        ou_emit(g, OP_MOVE, iterator, 0, 0);
    } else {
        OuReg value = ou_expr(g, part->iter);
        ou_emit_at(g, e->at, OP_GET_ITER, iterator, value, 0);
        g->next_temp = iterator + 1;
    }
    uint32_t body = ou_label_new(g), next = ou_label_new(g);
    OuRegSet before = g->assigned;
    ou_jump(g, next);
    ou_label_here(g, body);
    OuReg item = ou_store_item(g, part->target);
    OuPosition at = e->at;
    for (uint32_t i = 0; i < part->ifs.count; i++) { ou_condition(g, part->ifs.items[i], next, false, &at); }
    if (depth + 1 < generators->count) {
        comprehension_loop(g, e, depth + 1, home);
    } else {
        comprehension_item(g, e, home);
    }
    ou_label_here(g, next);
    g->assigned = before;
    ou_emit_jump_at(g, e->at, OP_FOR_ITER, iterator, item, 0, body);
    g->next_temp = iterator;
}

static OuUnit *comprehension_unit(OuGen *outer, const OuExpr *e) {
    OuGen g;
    if (!ou_gen_begin(&g, outer, e->as.ListComp.scope)) { return NULL; }
    OuReg home = ou_temp(&g);
    OuOpcode op = e->kind == OU_EXPR_ListComp  ? OP_BUILD_LIST
                  : e->kind == OU_EXPR_SetComp ? OP_BUILD_SET
                                               : OP_BUILD_DICT;
    g.position = e->at;
    if (e->kind != OU_EXPR_GeneratorExp) { ou_emit(&g, op, home, home, 0); }
    comprehension_loop(&g, e, 0, home);
    g.position = e->at;
    bool is_generator = e->kind == OU_EXPR_GeneratorExp;
    ou_emit(&g, is_generator ? OP_RETURN_NONE : OP_RETURN, is_generator ? 0 : home, 0, 0);
    return ou_gen_finish(&g);
}

OuReg ou_comprehension(OuGen *g, const OuExpr *e, OuReg want) {
    OuReg callee = ou_temp(g), argument = ou_temp(g);
    ou_emit_function(g, e->at, callee, 0, 0, comprehension_unit(g, e));
    const OuExpr *iterable = e->as.ListComp.generators.items[0]->iter;
    OuReg value = ou_expr(g, iterable);
    ou_emit_at(g, e->at, OP_GET_ITER, argument, value, 0);
    OuReg dst = ou_result(g, callee, want);
    ou_emit_at(g, e->at, OP_CALL, callee, 1, dst);
    return dst;
}
