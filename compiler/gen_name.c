/* Names: where a variable lives and how it is read, stored and deleted. Knows which near locals are certainly bound, so
 * that instructions never meet an unbound operand: whatever may be unbound is checked where it is read. */
#include "compiler/gen.h"

static bool set_has(const OuRegSet *set, OuReg reg) { return set->bits[reg / 64] >> (reg % 64) & 1; }
static void set_add(OuRegSet *set, OuReg reg) { set->bits[reg / 64] |= (uint64_t)1 << (reg % 64); }
static void set_remove(OuRegSet *set, OuReg reg) { set->bits[reg / 64] &= ~((uint64_t)1 << (reg % 64)); }

void ou_set_intersect(OuRegSet *into, const OuRegSet *other) {
    for (int i = 0; i < OU_GEN_SET_WORDS; i++) { into->bits[i] &= other->bits[i]; }
}

void ou_mark_assigned(OuGen *g, OuReg reg) {
    if (reg < (OuReg)g->named && !set_has(&g->unsafe, reg)) { set_add(&g->assigned, reg); }
}

typedef enum Place {
    PLACE_NEAR,
    PLACE_FAR,
    PLACE_CELL,
    PLACE_FAR_CELL,
    PLACE_FREE,
    PLACE_CLASS_FREE,
    PLACE_GLOBAL,
    PLACE_NAMESPACE
} Place;

/* The place of `*name`, which becomes its mangled form. */
static Place find(const OuGen *g, OuIdent **name, uint32_t *index) {
    *name = ou_scope_mangle(g->scope, *name);
    const OuSymbol *symbol = ou_scope_lookup(g->scope, *name);
    *index = 0;
    if (symbol == NULL) { return g->scope->kind == OU_SCOPE_CLASS ? PLACE_NAMESPACE : PLACE_GLOBAL; }
    switch (symbol->kind) {
    case OU_SYMBOL_LOCAL:
    case OU_SYMBOL_CELL: {
        bool cell = symbol->kind == OU_SYMBOL_CELL;
        uint32_t place = cell ? g->cell_place[symbol->index] : g->var_place[symbol->index];
        bool near = place < OU_NEAR_REGISTERS;
        *index = ou_near_or_far(place);
        return cell ? (near ? PLACE_CELL : PLACE_FAR_CELL) : (near ? PLACE_NEAR : PLACE_FAR);
    }
    case OU_SYMBOL_FREE:
        *index = symbol->index;
        return g->scope->kind == OU_SCOPE_CLASS ? PLACE_CLASS_FREE : PLACE_FREE;
    case OU_SYMBOL_NAME: return g->scope->kind == OU_SCOPE_CLASS ? PLACE_NAMESPACE : PLACE_GLOBAL;
    default: return PLACE_GLOBAL;
    }
}

/* Emits an instruction on a variable that is not in a near register: `op` takes it and, in a, the register `reg`; of a
 * cell it takes the cell's register. A far cell is brought near first. */
static void emit_on(OuGen *g, OuOpcode op, Place place, uint32_t index, const OuIdent *name, OuReg reg) {
    bool far = place == PLACE_FAR_CELL, by_name = place == PLACE_GLOBAL || place == PLACE_NAMESPACE;
    OuReg cell = index;
    if (place != PLACE_CELL && !far) {
        ou_emit_wide(g, op, reg, by_name ? ou_gen_name(g, name) : index);
        return;
    }
    if (far) {
        cell = ou_temp(g);
        ou_emit_wide(g, OP_LOAD_FAR, cell, index);
    }
    if (op == OP_LOAD_CELL) {
        ou_emit(g, op, reg, cell, 0);
    } else {
        ou_emit(g, op, cell, reg, 0);
    }
    if (far) {
        ou_emit(g, OP_DROP, cell, 0, 0);
        g->next_temp = cell;
    }
}

/* What reads, stores, unbinds and quietly unbinds a variable at each place. */
static const struct PlaceCodes {
    uint8_t load, store, unbind, clear;
} place_codes[] = {
    [PLACE_NEAR] = {OP_MOVE, OP_MOVE, OP_UNBIND, OP_CLEAR},
    [PLACE_FAR] = {OP_LOAD_FAR, OP_STORE_FAR, OP_DEL_FAR, OP_CLEAR_FAR},
    [PLACE_CELL] = {OP_LOAD_CELL, OP_STORE_CELL, OP_DEL_CELL, OP_CLEAR_CELL},
    [PLACE_FAR_CELL] = {OP_LOAD_CELL, OP_STORE_CELL, OP_DEL_CELL, OP_CLEAR_CELL},
    [PLACE_FREE] = {OP_LOAD_FREE, OP_STORE_FREE, OP_DEL_FREE, OP_CLEAR_FREE},
    [PLACE_CLASS_FREE] = {OP_LOAD_CLASSDEREF, OP_STORE_FREE, OP_DEL_FREE, OP_CLEAR_FREE},
    [PLACE_GLOBAL] = {OP_LOAD_GLOBAL, OP_STORE_GLOBAL, OP_DEL_GLOBAL, OP_DEL_GLOBAL},
    [PLACE_NAMESPACE] = {OP_LOAD_NAME, OP_STORE_NAME, OP_DEL_NAME, OP_DEL_NAME},
};

OuReg ou_load_name(OuGen *g, OuIdent *name, OuReg want) {
    uint32_t index;
    Place place = find(g, &name, &index);
    if (place == PLACE_NEAR) {
        if (!set_has(&g->assigned, index)) {
            ou_emit(g, OP_CHECK, index, 0, 0);
            ou_mark_assigned(g, index);
        }
        if (want == OU_ANY) { return index; }
        ou_emit(g, OP_MOVE, want, index, 0);
        return want;
    }
    OuReg to = ou_result(g, g->next_temp, want);
    emit_on(g, (OuOpcode)place_codes[place].load, place, index, name, to);
    if (place == PLACE_CLASS_FREE) { ou_emit_word(g, ou_gen_name(g, name)); }
    if (place == PLACE_GLOBAL) { ou_emit_cache(g, 3); }
    return to;
}

OuReg ou_name_target(OuGen *g, OuIdent *name) {
    uint32_t index;
    return find(g, &name, &index) == PLACE_NEAR ? (OuReg)index : OU_ANY;
}

void ou_store_name(OuGen *g, OuIdent *name, OuReg value) {
    uint32_t index;
    Place place = find(g, &name, &index);
    if (place == PLACE_NEAR) {
        ou_move(g, index, value);
        ou_mark_assigned(g, index);
        return;
    }
    emit_on(g, (OuOpcode)place_codes[place].store, place, index, name, value);
    if (place == PLACE_GLOBAL) { ou_emit_cache(g, 3); }
}

void ou_delete_name(OuGen *g, OuIdent *name, bool quiet) {
    uint32_t index;
    Place place = find(g, &name, &index);
    OuOpcode op = (OuOpcode)(quiet ? place_codes[place].clear : place_codes[place].unbind);
    if (place == PLACE_NEAR) {
        ou_emit(g, op, index, 0, 0);
        set_remove(&g->assigned, index);
        return;
    }
    if (quiet && (place == PLACE_GLOBAL || place == PLACE_NAMESPACE)) {
        /* None is stored first, as the language has it: then it cannot fail */
        OuReg none = ou_temp(g);
        ou_load_kind(g, none, OU_UNIT_NONE);
        ou_store_name(g, name, none);
        g->next_temp = none;
    }
    emit_on(g, op, place, index, name, 0);
}

static void unsafe_name(OuGen *g, OuIdent *name) {
    uint32_t index;
    if (name != NULL && find(g, &name, &index) == PLACE_NEAR) {
        set_add(&g->unsafe, (OuReg)index);
        set_remove(&g->assigned, index);
    }
}

static void unsafe_target(OuGen *g, const OuExpr *target) {
    if (target->kind == OU_EXPR_Name) {
        unsafe_name(g, target->as.Name.id);
    } else if (target->kind == OU_EXPR_Tuple || target->kind == OU_EXPR_List) {
        for (uint32_t i = 0; i < target->as.List.elts.count; i++) { unsafe_target(g, target->as.List.elts.items[i]); }
    }
}

typedef struct UnsafeVisitor {
    OuVisitor visitor;
    OuGen *g;
} UnsafeVisitor;

static void unsafe_body(OuVisitor *visitor, const OuStmtSeq *body) {
    OuGen *g = ((UnsafeVisitor *)visitor)->g;
    for (uint32_t i = 0; i < body->count; i++) {
        const OuStmt *s = body->items[i];
        switch ((OuStmtKind)s->kind) {
        case OU_STMT_FunctionDef:
        case OU_STMT_AsyncFunctionDef:
        case OU_STMT_ClassDef: continue; /* names of their own */
        case OU_STMT_Delete:
            for (uint32_t j = 0; j < s->as.Delete.targets.count; j++) {
                unsafe_target(g, s->as.Delete.targets.items[j]);
            }
            break;
        case OU_STMT_Try:
            for (uint32_t j = 0; j < s->as.Try.handlers.count; j++) {
                unsafe_name(g, s->as.Try.handlers.items[j]->name);
            }
            break;
        default: break;
        }
        ou_stmt_children(s, visitor);
    }
}

void ou_find_unsafe(OuGen *g, const OuStmtSeq *body) {
    UnsafeVisitor v = {.visitor.body = unsafe_body, .g = g};
    unsafe_body(&v.visitor, body);
}
