import SdkConfig from 'matrix-react-sdk/src/SdkConfig';
import { createElement } from 'react';

/** Stands in for the SDK's component of the same name, which shows the word "Matrix" instead of the deployment's logo. */
export default function AuthHeaderLogo() {
  const { brand, branding } = SdkConfig.get();
  const image = createElement('img', { src: branding.auth_header_logo_url, alt: brand });
  return createElement('aside', { className: 'mx_AuthHeaderLogo' }, image);
}
