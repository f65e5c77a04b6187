import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { UseQueryResult } from '@tanstack/react-query'
import type { Input, Output, QueryName } from '../../electron/contract/index.ts'
import { useTill } from './tools.ts'

/** A query of the contract. `live`: asked again whenever core says that a sale or the status changed. */
export const useCoreQuery = <N extends QueryName>(
  name: N,
  input: Input<N>,
  options: { readonly live?: boolean; readonly enabled?: boolean; readonly keep?: boolean } = {},
): UseQueryResult<Output<N>> => {
  const { core } = useTill()
  return useQuery({
    queryKey: [options.live === true ? 'live' : 'once', name, input],
    queryFn: () => core.query(name, input),
    enabled: options.enabled ?? true,
    ...(options.keep === true ? { placeholderData: keepPreviousData } : {}),
  }) as UseQueryResult<Output<N>>
}
