/** The time at which the committed manifests of the examples are synthesized again and again: credentials are renewed as time passes. */
export const SOURCE_DATE_EPOCH = '1796083200'; // 2026-12-01
