/* Simple statements, and the way to the compound ones. */
#include "compiler/gen.h"

#include <string.h>

static const OuExprSeq *parts_of(const OuExpr *e) {
    return e->kind == OU_EXPR_Tuple || e->kind == OU_EXPR_List ? &e->as.List.elts : NULL;
}

/* a, b = x, y (or three): no tuple is made. Old values of plain locals die last to first, as CPython's compiler has it
 * by exchanging the stores; everything else is stored in order. */
static bool assign_parallel(OuGen *g, const OuExpr *target, const OuExpr *value) {
    const OuExprSeq *into = parts_of(target);
    if (into == NULL || value->kind != OU_EXPR_Tuple || into->count != value->as.Tuple.elts.count || into->count < 2 ||
        into->count > 3) {
        return false;
    }
    bool locals = true;
    for (uint32_t i = 0; i < into->count; i++) {
        const OuExpr *part = into->items[i];
        if (part->kind == OU_EXPR_Starred || value->as.Tuple.elts.items[i]->kind == OU_EXPR_Starred) { return false; }
        locals = locals && part->kind == OU_EXPR_Name && ou_name_target(g, part->as.Name.id) != OU_ANY;
        for (uint32_t j = 0; locals && j < i; j++) { locals = part->as.Name.id != into->items[j]->as.Name.id; }
    }
    OuReg first = g->next_temp;
    ou_exprs(g, &value->as.Tuple.elts);
    for (uint32_t i = 0; i < into->count; i++) {
        uint32_t at = locals ? into->count - 1 - i : i;
        ou_store(g, into->items[at], first + (OuReg)at);
    }
    return true;
}

static void assign(OuGen *g, const OuStmt *s) {
    const OuExprSeq *targets = &s->as.Assign.targets;
    const OuExpr *only = targets->items[0];
    if (targets->count == 1 && assign_parallel(g, only, s->as.Assign.value)) { return; }
    if (targets->count == 1 && only->kind == OU_EXPR_Name) {
        OuReg local = ou_name_target(g, only->as.Name.id);
        if (local != OU_ANY) {
            ou_expr_to(g, s->as.Assign.value, local);
            ou_mark_assigned(g, local);
            return;
        }
    }
    OuReg value = ou_expr(g, s->as.Assign.value);
    /* A local assigned to several targets, or one whose own target may rebind it, is read from a copy. */
    if (!ou_is_temp(g, value) && (targets->count > 1 || parts_of(only) != NULL)) { value = ou_copy(g, value); }
    for (uint32_t i = 0; i < targets->count; i++) {
        OuReg mark = g->next_temp;
        ou_store(g, targets->items[i], i + 1 < targets->count ? ou_copy(g, value) : value);
        g->next_temp = mark;
    }
}

static void inplace(OuGen *g, const OuStmt *s, OuReg dst, OuReg left) {
    const OuExpr *right = s->as.AugAssign.value;
    OuOperator op = s->as.AugAssign.op;
    OuReg mark = g->next_temp;
    int constant = op == OU_OP_Add || op == OU_OP_Sub ? ou_small_const(g, right) : -1;
    if (constant >= 0) {
        ou_emit_at(g, s->at, op == OU_OP_Add ? OP_IADDK : OP_ISUBK, dst, left, constant);
        return;
    }
    if (!ou_is_temp(g, left) && ou_expr_binds(right)) { left = ou_copy(g, left); }
    OuReg value = ou_expr(g, right);
    OuOpcode code = op == OU_OP_Add ? OP_IADD : op == OU_OP_Sub ? OP_ISUB : op == OU_OP_Mult ? OP_IMUL : OP_INPLACE;
    ou_emit_at(g, s->at, code, dst, left, value);
    if (code == OP_INPLACE) { ou_emit_word(g, op); }
    g->next_temp = mark;
}

/* The register, or for a temporary a copy of it that an instruction may consume. */
static OuReg keep(OuGen *g, OuReg reg) { return ou_is_temp(g, reg) ? ou_copy(g, reg) : reg; }

static void aug_name(OuGen *g, const OuStmt *s, const OuExpr *target) {
    g->position = target->at;
    OuReg value = ou_load_name(g, target->as.Name.id, OU_ANY);
    OuReg local = ou_name_target(g, target->as.Name.id);
    inplace(g, s, value, value);
    if (local == OU_ANY) {
        g->position = s->at;
        ou_store_name(g, target->as.Name.id, value);
    }
}

static void aug_attribute(OuGen *g, const OuStmt *s, const OuExpr *target) {
    OuIdent *name = target->as.Attribute.attr;
    OuReg object = ou_operand(g, target->as.Attribute.value, s->as.AugAssign.value);
    OuReg value = keep(g, object);
    OuReg home = ou_is_temp(g, value) ? value : ou_temp(g);
    ou_emit_attribute(g, target->at, OP_LOAD_ATTR, home, value, name);
    inplace(g, s, home, home);
    ou_emit_attribute(g, target->at, OP_STORE_ATTR, object, home, name);
}

static void aug_subscript(OuGen *g, const OuStmt *s, const OuExpr *target) {
    const OuExpr *slice = target->as.Subscript.slice;
    OuReg object = ou_operand(g, target->as.Subscript.value, slice);
    int constant = ou_small_const(g, slice);
    OuReg key = constant >= 0 ? constant : ou_operand(g, slice, s->as.AugAssign.value);
    if (!ou_is_temp(g, object) && ou_expr_binds(s->as.AugAssign.value)) {
        object = ou_temp(g);
        ou_load_name(g, target->as.Subscript.value->as.Name.id, object);
    }
    OuReg home = ou_temp(g);
    OuReg object_copy = keep(g, object), key_copy = constant >= 0 ? key : keep(g, key);
    ou_emit_at(g, target->at, constant >= 0 ? OP_GETITEMK : OP_GETITEM, home, object_copy, key_copy);
    g->next_temp = home + 1;
    inplace(g, s, home, home);
    ou_emit_at(g, target->at, constant >= 0 ? OP_SETITEMK : OP_SETITEM, object, key, home);
}

static void aug_assign(OuGen *g, const OuStmt *s) {
    const OuExpr *target = s->as.AugAssign.target;
    switch ((OuExprKind)target->kind) {
    case OU_EXPR_Name: aug_name(g, s, target); break;
    case OU_EXPR_Attribute: aug_attribute(g, s, target); break;
    default: aug_subscript(g, s, target);
    }
}

/* Evaluates `e` for its effects. */
static void evaluate(OuGen *g, const OuExpr *e) {
    OuReg mark = g->next_temp;
    OuReg value = ou_expr(g, e);
    if (ou_is_temp(g, value)) { ou_emit(g, OP_DROP, value, 0, 0); }
    g->next_temp = mark;
}

static void ann_assign(OuGen *g, const OuStmt *s) {
    const OuExpr *target = s->as.AnnAssign.target;
    OuReg mark = g->next_temp;
    if (s->as.AnnAssign.value != NULL) {
        OuReg value = ou_expr(g, s->as.AnnAssign.value);
        ou_store(g, target, value);
        g->next_temp = mark;
    }
    if (g->scope->is_function_like) { return; }
    if (!s->as.AnnAssign.simple) {
        if (s->as.AnnAssign.value == NULL && target->kind == OU_EXPR_Attribute) {
            evaluate(g, target->as.Attribute.value);
        }
        evaluate(g, s->as.AnnAssign.annotation);
        return;
    }
    ou_emit_at(g, s->at, OP_ANNOTATIONS, 0, 0, 0);
    OuReg value = ou_temp(g), names = ou_temp(g), key = ou_temp(g);
    ou_expr_to(g, s->as.AnnAssign.annotation, value);
    uint32_t name = ou_gen_name_text(g, "__annotations__", 15);
    if (g->scope->kind == OU_SCOPE_CLASS) {
        ou_emit_wide(g, OP_LOAD_NAME, names, name);
    } else {
        ou_emit_global(g, OP_LOAD_GLOBAL, names, name);
    }
    ou_load_ident(g, key, target->as.Name.id);
    ou_emit(g, OP_SETITEM, names, key, value);
}

static void raise(OuGen *g, const OuStmt *s) {
    if (s->as.Raise.exc == NULL) {
        ou_emit_at(g, s->at, OP_RAISE_AGAIN, 0, 0, 0);
        return;
    }
    OuReg exc = ou_operand(g, s->as.Raise.exc, s->as.Raise.cause);
    if (s->as.Raise.cause == NULL) {
        ou_emit_at(g, s->at, OP_RAISE, exc, 0, 0);
    } else {
        OuReg cause = ou_expr(g, s->as.Raise.cause);
        ou_emit_at(g, s->at, OP_RAISE_FROM, exc, cause, 0);
    }
}

static void assertion(OuGen *g, const OuStmt *s) {
    if (g->optimize) { return; }
    uint32_t end = ou_label_new(g);
    OuRegSet before = g->assigned;
    OuPosition at = s->at;
    ou_condition(g, s->as.Assert.test, end, true, &at);
    OuReg callee = ou_temp(g);
    ou_emit_at(g, at, OP_ASSERTION_ERROR, callee, 0, 0);
    if (s->as.Assert.msg != NULL) {
        ou_expr_to(g, s->as.Assert.msg, ou_temp(g));
        ou_emit_at(g, at, OP_CALL, callee, 1, callee);
    }
    ou_emit_at(g, at, OP_RAISE, callee, 0, 0);
    ou_label_here(g, end);
    g->assigned = before;
}

static void emit_import(OuGen *g, OuReg dst, OuText name, int level, uint32_t names) {
    ou_emit_wide(g, OP_IMPORT, dst, ou_gen_const(g, &(OuUnitConst){.kind = OU_UNIT_STR, .as.text = name}));
    ou_emit_word(g, level);
    ou_emit_word(g, names);
}

static void emit_import_from(OuGen *g, OuReg dst, OuReg module, const OuIdent *name) {
    ou_emit(g, OP_IMPORT_FROM, dst, module, 0);
    ou_emit_word(g, ou_gen_name(g, name));
}

/* A part of a dotted name. */
static OuIdent *name_part(OuGen *g, const char *from, const char *end) {
    OuIdent *part = ou_ident_intern(g->scope->idents, from, (size_t)(end - from));
    if (part == NULL) { ou_gen_no_memory(g); }
    return part;
}

static void import_one(OuGen *g, const OuStmt *s, const OuAlias *alias) {
    const char *text = alias->name->text, *end = text + alias->name->len;
    const char *dot = memchr(text, '.', alias->name->len);
    OuIdent *bound = alias->asname != NULL ? alias->asname : dot != NULL ? name_part(g, text, dot) : alias->name;
    OuReg module = ou_temp(g);
    g->position = s->at;
    emit_import(g, module, (OuText){text, alias->name->len}, 0, UINT32_MAX);
    while (alias->asname != NULL && dot != NULL && !g->failed) { /* import a.b.c as x binds the innermost one */
        const char *part = dot + 1;
        dot = memchr(part, '.', (size_t)(end - part));
        OuReg inner = ou_temp(g);
        OuIdent *name = name_part(g, part, dot != NULL ? dot : end);
        if (name == NULL) { return; }
        emit_import_from(g, inner, module, name);
        ou_emit(g, OP_TAKE, module, inner, 0);
        g->next_temp = inner;
    }
    if (bound != NULL) { ou_store_name(g, bound, module); }
    g->next_temp = module;
}

static void refuse_future(OuGen *g, const OuStmt *s) {
    const OuIdent *module = s->as.ImportFrom.module;
    if (module == NULL || s->as.ImportFrom.level != 0 || !ou_ident_is(module, "__future__")) { return; }
    for (uint32_t i = 0; i < s->as.ImportFrom.names.count; i++) {
        if (ou_ident_is(s->as.ImportFrom.names.items[i]->name, "annotations")) {
            ou_gen_unsupported(g, s->at, "'from __future__ import annotations'");
        }
    }
}

static void import_from(OuGen *g, const OuStmt *s) {
    const OuAliasSeq *names = &s->as.ImportFrom.names;
    const OuIdent *from = s->as.ImportFrom.module;
    refuse_future(g, s);
    OuReg module = ou_temp(g);
    OuUnitConst list = ou_gen_tuple(g, names->count);
    for (uint32_t i = 0; i < list.as.tuple.count; i++) {
        list.as.tuple.items[i] = ou_text_const(names->items[i]->name);
    }
    g->position = s->at;
    emit_import(g, module, from != NULL ? (OuText){from->text, from->len} : (OuText){"", 0}, s->as.ImportFrom.level,
                ou_gen_const(g, &list));
    if (names->count == 1 && ou_ident_is(names->items[0]->name, "*")) {
        if (g->scope->kind != OU_SCOPE_MODULE) { ou_gen_error(g, s->at, "import * only allowed at module level"); }
        ou_emit(g, OP_IMPORT_STAR, module, 0, 0);
        return;
    }
    for (uint32_t i = 0; i < names->count; i++) {
        const OuAlias *alias = names->items[i];
        OuReg value = ou_temp(g);
        g->position = s->at;
        emit_import_from(g, value, module, alias->name);
        ou_store_name(g, alias->asname != NULL ? alias->asname : alias->name, value);
        g->next_temp = value;
    }
    ou_emit(g, OP_DROP, module, 0, 0);
}

static void expression(OuGen *g, const OuStmt *s) {
    const OuExpr *e = s->as.Expr.value;
    if (g->interactive && g->scope->kind == OU_SCOPE_MODULE) {
        OuReg value = ou_expr(g, e);
        ou_emit_at(g, s->at, OP_PRINT, value, 0, 0);
    } else if (e->kind != OU_EXPR_Constant || g->interactive) {
        evaluate(g, e);
    }
}

static void statement(OuGen *g, const OuStmt *s) {
    g->position = s->at;
    switch ((OuStmtKind)s->kind) {
    case OU_STMT_FunctionDef: ou_function_def(g, s); break;
    case OU_STMT_ClassDef: ou_class_def(g, s); break;
    case OU_STMT_Return: ou_return(g, s->as.Return.value); break;
    case OU_STMT_Delete:
        for (uint32_t i = 0; i < s->as.Delete.targets.count; i++) {
            ou_store(g, s->as.Delete.targets.items[i], OU_ANY);
        }
        break;
    case OU_STMT_Assign: assign(g, s); break;
    case OU_STMT_AugAssign: aug_assign(g, s); break;
    case OU_STMT_AnnAssign: ann_assign(g, s); break;
    case OU_STMT_For: ou_block_for(g, s); break;
    case OU_STMT_While: ou_block_while(g, s); break;
    case OU_STMT_If: ou_block_if(g, s); break;
    case OU_STMT_With: ou_block_with(g, s, 0); break;
    case OU_STMT_Try: ou_block_try(g, s); break;
    case OU_STMT_Raise: raise(g, s); break;
    case OU_STMT_Assert: assertion(g, s); break;
    case OU_STMT_Import:
        for (uint32_t i = 0; i < s->as.Import.names.count; i++) { import_one(g, s, s->as.Import.names.items[i]); }
        break;
    case OU_STMT_ImportFrom: import_from(g, s); break;
    case OU_STMT_Expr: expression(g, s); break;
    case OU_STMT_Break:
    case OU_STMT_Continue: ou_break_continue(g, s->kind == OU_STMT_Break); break;
    case OU_STMT_AsyncFunctionDef: ou_gen_unsupported(g, s->at, "'async def'"); break;
    case OU_STMT_AsyncFor: ou_gen_unsupported(g, s->at, "'async for'"); break;
    case OU_STMT_AsyncWith: ou_gen_unsupported(g, s->at, "'async with'"); break;
    case OU_STMT_Match: ou_gen_unsupported(g, s->at, "'match'"); break;
    case OU_STMT_TryStar: ou_gen_unsupported(g, s->at, "'except*'"); break;
    default: break;
    }
}

void ou_statements(OuGen *g, const OuStmtSeq *body) {
    OuReg mark = g->next_temp;
    for (uint32_t i = 0; i < body->count && !g->failed; i++) {
        statement(g, body->items[i]);
        g->next_temp = mark; /* no temporary outlives its statement */
    }
}
