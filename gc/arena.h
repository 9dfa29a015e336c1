/* Bump allocator for one compilation.
 *
 * Tokens, tree, scopes and the unit under construction live and die together, so nothing in compiler/ frees a single
 * node. Blocks come from a small vtable, which lets the VM charge them to the heap cap and lets tests fail the Nth
 * request. Invariant: after the first failure `failed` stays set and every caller ends in OU_ERR_MEMORY; what was
 * handed out before stays valid until ou_arena_fini(). */
#ifndef OU_GC_ARENA_H
#define OU_GC_ARENA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* resize(ctx, NULL, 0, n) allocates, (ctx, p, n, 0) frees; NULL means failure. */
typedef struct OuArenaAllocator {
    void *ctx;
    void *(*resize)(void *ctx, void *old, size_t old_size, size_t new_size);
} OuArenaAllocator;

typedef struct OuArenaBlock OuArenaBlock;

typedef struct OuArena {
    OuArenaAllocator allocator;
    OuArenaBlock *blocks; /* newest first; owned */
    char *next;           /* first free byte of the newest small block */
    char *limit;
    size_t bytes; /* requested from the allocator so far */
    bool failed;  /* sticky */
} OuArena;

/* Allocates nothing yet. */
void ou_arena_init(OuArena *self, const OuArenaAllocator *allocator);
void ou_arena_fini(OuArena *self);

/* Zero-filled, aligned to 8 bytes; NULL on failure (then `failed` is set). Size 0 gives a valid pointer. */
void *ou_arena_alloc(OuArena *self, size_t size);
/* count * size with the overflow checked. */
void *ou_arena_array(OuArena *self, size_t count, size_t size);
/* A copy of `len` bytes with a NUL behind it. */
char *ou_arena_copy(OuArena *self, const char *bytes, size_t len);

/* A growing list of pointers. Items that do not fit are copied to a new place, the old one is left to the arena: at
 * most as much waste as content. Zero-initialised is empty. */
typedef struct OuArenaVec {
    uint32_t count;
    uint32_t capacity;
    void **items;
} OuArenaVec;

bool ou_arena_push(OuArena *self, OuArenaVec *vec, void *item);

#endif
