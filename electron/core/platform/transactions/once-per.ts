/** A schema that a profile decides is built once for it: building costs more than checking a row. */
export const oncePer = <S extends object, T>(build: (settings: S) => T): ((settings: S) => T) => {
  const built = new WeakMap<S, T>()
  return (settings) => {
    let known = built.get(settings)
    if (known === undefined) {
      known = build(settings)
      built.set(settings, known)
    }
    return known
  }
}
