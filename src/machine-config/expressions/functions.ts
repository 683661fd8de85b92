/**
 * The functions of expressions, one for each signature: `NAME(PARAMETER, ...): RESULT`. A name that begins with a dot is called on a
 * value, which is the first parameter.
 */
export const STANDARD_FUNCTIONS = `
!_(bool): bool
-_(int): int
-_(double): double
_?_:_(bool, A, A): A
_==_(A, A): bool
_!=_(A, A): bool
_in_(A, list(A)): bool
_in_(A, map(A, B)): bool
_+_(int, int): int
_+_(uint, uint): uint
_+_(double, double): double
_+_(string, string): string
_+_(bytes, bytes): bytes
_+_(list(A), list(A)): list(A)
_+_(duration, duration): duration
_+_(timestamp, duration): timestamp
_+_(duration, timestamp): timestamp
_-_(int, int): int
_-_(uint, uint): uint
_-_(double, double): double
_-_(duration, duration): duration
_-_(timestamp, timestamp): duration
_-_(timestamp, duration): timestamp
_*_(int, int): int
_*_(uint, uint): uint
_*_(double, double): double
_/_(int, int): int
_/_(uint, uint): uint
_/_(double, double): double
_%_(int, int): int
_%_(uint, uint): uint
_[_](list(A), int): A
_[_](map(A, B), A): B
size(bytes): int
size(list(A)): int
size(map(A, B)): int
size(string): int
.size(bytes): int
.size(list(A)): int
.size(map(A, B)): int
.size(string): int
type(A): type(A)
dyn(A): dyn
bool(bool): bool
bool(string): bool
bytes(bytes): bytes
bytes(string): bytes
double(double): double
double(int): double
double(string): double
double(uint): double
duration(duration): duration
duration(int): duration
duration(string): duration
int(int): int
int(double): int
int(duration): int
int(string): int
int(timestamp): int
int(uint): int
string(string): string
string(bool): string
string(bytes): string
string(double): string
string(duration): string
string(int): string
string(timestamp): string
string(uint): string
timestamp(timestamp): timestamp
timestamp(int): timestamp
timestamp(string): timestamp
uint(uint): uint
uint(double): uint
uint(int): uint
uint(string): uint
matches(string, string): bool
.matches(string, string): bool
.contains(string, string): bool
.startsWith(string, string): bool
.endsWith(string, string): bool
`;

/** Signatures that several names share. */
export const FUNCTION_FAMILIES = {
  comparisons: {
    names: ['_<_', '_<=_', '_>_', '_>=_'],
    signatures: ['bool', 'int', 'uint', 'double', 'string', 'bytes', 'timestamp', 'duration'].map((type) => `(${type}, ${type}): bool`),
  },
  timestamps: {
    names: [
      '.getFullYear', '.getMonth', '.getDayOfYear', '.getDayOfMonth', '.getDate', '.getDayOfWeek', '.getHours', '.getMinutes', '.getSeconds',
      '.getMilliseconds',
    ],
    signatures: ['(timestamp): int', '(timestamp, string): int'],
  },
  durations: {
    names: ['.getHours', '.getMinutes', '.getSeconds', '.getMilliseconds'],
    signatures: ['(duration): int'],
  },
} as const;

/** The functions of optional values. */
export const OPTIONAL_FUNCTIONS = `
optional.of(A): optional(A)
optional.ofNonZeroValue(A): optional(A)
optional.none(): optional(A)
optional.unwrap(list(optional(A))): list(A)
.unwrapOpt(list(optional(A))): list(A)
.value(optional(A)): A
.hasValue(optional(A)): bool
.or(optional(A), optional(A)): optional(A)
.orValue(optional(A), A): A
.first(list(A)): optional(A)
.last(list(A)): optional(A)
_[?_](list(A), int): optional(A)
_[?_](optional(list(A)), int): optional(A)
_[?_](map(A, B), A): optional(B)
_[?_](optional(map(A, B)), A): optional(B)
_[_](optional(list(A)), int): optional(A)
_[_](optional(map(A, B)), A): optional(B)
`;
