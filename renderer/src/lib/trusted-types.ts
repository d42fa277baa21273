interface TrustedTypesFactory {
  readonly createPolicy: (name: 'default', rules: { readonly createHTML: (text: string) => string }) => void;
}

/**
 * The page's content policy asks for Trusted Types. Mantine writes its CSS variables as the text of a style element, which the browser
 * counts as HTML: text without a tag is let through, and nothing else; scripts and their addresses have no policy at all.
 */
export function allowStyleTextOnly(): void {
  const { trustedTypes } = window as { readonly trustedTypes?: TrustedTypesFactory };
  trustedTypes?.createPolicy('default', {
    createHTML: (text) => {
      if (text.includes('<')) throw new TypeError('This page takes no HTML from text');
      return text;
    },
  });
}
