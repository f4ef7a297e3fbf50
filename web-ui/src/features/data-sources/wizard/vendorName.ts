import type { Vendor } from '@/api/types';

export const customVendor = 'custom';

/** In a sentence: the row for servers outside the catalogue has a title, not a name. */
export function vendorName(vendor: Vendor | undefined): string {
  if (!vendor) return 'the vendor';
  return vendor.id === customVendor ? 'the server' : vendor.name;
}
