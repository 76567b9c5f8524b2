// The console services offered in a profile's menu. Not all that AWS has: a short list of the daily ones.
export const SERVICES: readonly { id: string; name: string }[] = [
  { id: 'cloudformation', name: 'CloudFormation' },
  { id: 'cloudwatch', name: 'CloudWatch' },
  { id: 'dynamodb', name: 'DynamoDB' },
  { id: 'ec2', name: 'EC2' },
  { id: 'ecs', name: 'ECS' },
  { id: 'iam', name: 'IAM' },
  { id: 'lambda', name: 'Lambda' },
  { id: 'rds', name: 'RDS' },
  { id: 's3', name: 'S3' },
  { id: 'sqs', name: 'SQS' },
];
