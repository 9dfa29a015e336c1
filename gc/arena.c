/*
 * Bump allocator for one compilation: see arena.h.
 *
 * Small requests share blocks that double in size up to 256 KiB, so that compiling `1+1` stays within a
 * small heap cap and a large file does not ask for thousands of blocks. Requests above a quarter of the
 * next block get a block of their own, linked behind the current one, which keeps its free tail.
 */
#include "gc/arena.h"

#include <stdlib.h>
#include <string.h>

#define FIRST_BLOCK 4096u
#define LARGEST_BLOCK (256u * 1024u)

struct OuArenaBlock {
    OuArenaBlock *next;
    size_t size; /* with this header */
};

static void *libc_resize(void *ctx, void *old, size_t old_size, size_t new_size) {
    (void)ctx;
    (void)old_size;
    if (new_size == 0) {
        free(old);
        return NULL;
    }
    return realloc(old, new_size);
}

void ou_arena_init(OuArena *self, const OuArenaAllocator *allocator) {
    memset(self, 0, sizeof *self);
    if (allocator != NULL) {
        self->allocator = *allocator;
    } else {
        self->allocator.resize = libc_resize;
    }
}

void ou_arena_fini(OuArena *self) {
    OuArenaBlock *block = self->blocks;
    while (block != NULL) {
        OuArenaBlock *next = block->next;
        self->allocator.resize(self->allocator.ctx, block, block->size, 0);
        block = next;
    }
    self->blocks = NULL;
    self->next = self->limit = NULL;
    self->bytes = 0;
}

static OuArenaBlock *block_new(OuArena *self, size_t size) {
    OuArenaBlock *block = self->allocator.resize(self->allocator.ctx, NULL, 0, size);
    if (block == NULL) {
        self->failed = true;
        return NULL;
    }
    block->size = size;
    self->bytes += size;
    return block;
}

static void *alloc_alone(OuArena *self, size_t size) {
    OuArenaBlock *block = block_new(self, sizeof *block + size);
    if (block == NULL) { return NULL; }
    if (self->blocks == NULL) {
        block->next = NULL;
        self->blocks = block;
    } else {
        block->next = self->blocks->next;
        self->blocks->next = block;
    }
    return memset(block + 1, 0, size);
}

static bool add_block(OuArena *self, size_t size) {
    OuArenaBlock *block = block_new(self, size);
    if (block == NULL) { return false; }
    block->next = self->blocks;
    self->blocks = block;
    self->next = (char *)(block + 1);
    self->limit = (char *)block + size;
    return true;
}

void *ou_arena_alloc(OuArena *self, size_t size) {
    /* once failed, always failed: nobody goes on with half a tree */
    if (self->failed || size > SIZE_MAX / 2) {
        self->failed = true;
        return NULL;
    }
    size = (size + 7) & ~(size_t)7;
    if ((size_t)(self->limit - self->next) < size || self->next == NULL) {
        size_t block_size = self->bytes < FIRST_BLOCK ? FIRST_BLOCK : self->bytes;
        if (block_size > LARGEST_BLOCK) { block_size = LARGEST_BLOCK; }
        block_size &= ~(size_t)7;
        if (size > block_size / 4) { return alloc_alone(self, size); }
        if (!add_block(self, block_size)) { return NULL; }
    }
    void *result = self->next;
    self->next += size;
    return memset(result, 0, size);
}

void *ou_arena_array(OuArena *self, size_t count, size_t size) {
    if (size != 0 && count > SIZE_MAX / 2 / size) {
        self->failed = true;
        return NULL;
    }
    return ou_arena_alloc(self, count * size);
}

char *ou_arena_copy(OuArena *self, const char *bytes, size_t len) {
    char *copy = ou_arena_array(self, len + 1, 1);
    if (copy != NULL && len > 0) { memcpy(copy, bytes, len); }
    return copy;
}

bool ou_arena_push(OuArena *self, OuArenaVec *vec, void *item) {
    if (vec->count == vec->capacity) {
        uint32_t capacity = vec->capacity == 0 ? 4 : vec->capacity * 2;
        void **items = capacity < vec->capacity ? NULL : ou_arena_array(self, capacity, sizeof *items);
        if (items == NULL) {
            self->failed = true;
            return false;
        }
        if (vec->count > 0) { memcpy(items, vec->items, vec->count * sizeof *items); }
        vec->items = items;
        vec->capacity = capacity;
    }
    vec->items[vec->count++] = item;
    return true;
}
