/** A sentence that begins with the drug is shown with the drug large and the rest beside it; one that has it inside is left whole. */
export const splitSubject = (text: string, drugName: unknown): { readonly subject: string | null; readonly text: string } => {
  if (typeof drugName !== 'string' || drugName === '' || !text.startsWith(drugName)) return { subject: null, text }
  return {
    subject: drugName,
    text: text
      .slice(drugName.length)
      .replace(/^[\s·：:,，]+/, '')
      .replace(/^[a-z]/, (letter) => letter.toUpperCase()),
  }
}
