/* Between scope.c (tables, resolution) and scope_walk.c (the walk over the tree); nobody else.
 *
 * The same walk runs twice, in the order in which CPython's compiler emits code. The first, `binding`, makes the
 * scopes and notes uses and bindings; after names are resolved, the second puts locals into varnames at their first use
 * and checks what CPython's compiler checks. */
#ifndef OU_COMPILER_SCOPE_WALK_H
#define OU_COMPILER_SCOPE_WALK_H

#include "compiler/scope.h"

enum {
    OU_DEF_GLOBAL = 1,
    OU_DEF_LOCAL = 2,
    OU_DEF_PARAM = 4,
    OU_DEF_NONLOCAL = 8,
    OU_DEF_USE = 16,
    OU_DEF_IMPORT = 32,
    OU_DEF_ANNOT = 64,
    OU_DEF_COMP_ITER = 128,
    OU_DEF_BOUND = OU_DEF_LOCAL | OU_DEF_PARAM | OU_DEF_IMPORT
};

typedef enum OuWalkBlockKind { OU_BLOCK_LOOP, OU_BLOCK_FINALLY, OU_BLOCK_EXCEPT_STAR } OuWalkBlockKind;

/* What a jump out of a block passes: innermost first. */
typedef struct OuWalkBlock {
    struct OuWalkBlock *outer;
    OuWalkBlockKind kind;
    const OuStmtSeq *finalbody;
    bool *is_walked;
} OuWalkBlock;

typedef struct OuScopeWalk {
    OuVisitor visitor; /* first: walks get at the rest through it */
    OuArena *arena;
    OuIdentTable *idents;
    const OuSource *source;
    OuSyntaxError *err;
    OuScope *scope;
    OuWalkBlock *blocks;
    OuArenaVec spine; /* stack */
    bool binding;     /* the first walk */
    bool silent;      /* the second one: names here are looked at but no code is made for them */
    bool failed;
    OuIdent *id_class; /* "__class__" */
} OuScopeWalk;

/* scope.c */
/* These set `failed` when memory is out. */
void ou_scope_push(OuScopeWalk *w, OuArenaVec *list, void *item);
OuIdent *ou_scope_intern(OuScopeWalk *w, const char *text, size_t len);
OuScope *ou_scope_new(OuScopeWalk *w, OuScopeKind kind, OuIdent *name, uint32_t line);
OuSymbol *ou_scope_symbol(OuScopeWalk *w, OuScope *scope, OuIdent *mangled);
OuIdent *ou_scope_mangle_in(OuScopeWalk *w, OuIdent *name);
bool ou_scope_fail(OuScopeWalk *w, OuPosition at, const char *format, ...);

/* scope_walk.c */
bool ou_scope_walk_module(OuScopeWalk *w, OuModule *module);

#endif
