// Addresses in S3 as the AWS CLI writes them: s3://BUCKET/KEY. Not what is copied.

export function isS3(address: string): boolean {
  return address.startsWith('s3://');
}

/** What an object is in; a folder is in itself. */
export function s3FolderOf(address: string): string {
  return address.slice(0, address.lastIndexOf('/') + 1);
}
