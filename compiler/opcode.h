/* Opcodes and what the table says of them. */
#ifndef OU_COMPILER_OPCODE_H
#define OU_COMPILER_OPCODE_H

#include <stdbool.h>
#include <stdint.h>

typedef enum OuOpcode {
#define OU_OP(name, roles, extra, follows, flags, doc) OP_##name,
#include "compiler/opcodes.def"
#undef OU_OP
    OP_COUNT
} OuOpcode;

#define OU_OP_RAISES 1u
#define OU_OP_JUMPS 2u

typedef struct OuOpInfo {
    const char *name;
    char roles[4];
    uint8_t extra;
    char follows;
    uint8_t flags;
    const char *doc;
} OuOpInfo;

extern const OuOpInfo ou_op_info[OP_COUNT];

/* The instructions of each binary operator, OP_NOP where it has none (OP_BINARY then), in the order of OuOperator. */
typedef struct OuBinaryCode {
    uint8_t plain, with_const;
} OuBinaryCode;
extern const OuBinaryCode ou_binary_codes[];

static inline uint8_t ou_op_of(uint32_t word) { return (uint8_t)word; }
static inline uint8_t ou_op_a(uint32_t word) { return (uint8_t)(word >> 8); }
static inline uint8_t ou_op_b(uint32_t word) { return (uint8_t)(word >> 16); }
static inline uint8_t ou_op_c(uint32_t word) { return (uint8_t)(word >> 24); }
static inline uint16_t ou_op_bc(uint32_t word) { return (uint16_t)(word >> 16); }

#endif
