import { useLocation, useSearch } from 'wouter';

/** One parameter of the address, so that a filter survives going back and can be sent to a colleague. */
export function useAddressPart<Value extends string>(
  name: string,
  allowed: readonly Value[],
): readonly [Value | null, (value: Value | null) => void] {
  const [path, navigate] = useLocation();
  const search = useSearch();
  const given = new URLSearchParams(search).get(name);
  const value = allowed.find((each) => each === given) ?? null;
  const set = (chosen: Value | null) => {
    const next = new URLSearchParams(search);
    if (chosen === null) next.delete(name);
    else next.set(name, chosen);
    navigate(next.size > 0 ? `${path}?${next}` : path, { replace: true });
  };
  return [value, set];
}

/** Several parameters whose values are typed; an empty one is not in the address. With `step`, going back undoes the change. */
export function useAddressParts<Name extends string>(
  names: readonly Name[],
): readonly [Readonly<Record<Name, string>>, (values: Readonly<Record<Name, string>>, step?: boolean) => void] {
  const [path, navigate] = useLocation();
  const search = useSearch();
  const given = new URLSearchParams(search);
  const values = Object.fromEntries(names.map((name) => [name, given.get(name) ?? ''])) as Record<Name, string>;
  const set = (chosen: Readonly<Record<Name, string>>, step = false) => {
    const next = new URLSearchParams(search);
    for (const name of names) {
      if (chosen[name] === '') next.delete(name);
      else next.set(name, chosen[name]);
    }
    navigate(next.size > 0 ? `${path}?${next}` : path, { replace: !step });
  };
  return [values, set];
}
