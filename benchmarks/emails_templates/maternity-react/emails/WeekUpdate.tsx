import { Html, Text, Link } from '@react-email/components';

export const WeekUpdate = ({ firstName, week, url }: Props) => {
  return (
    <Html>
      <Text>Hi {firstName},</Text>
      <Text>You are {week} weeks pregnant. Here is what happens to your baby now.</Text>
      <Link href={url}>Read on</Link>
    </Html>
  );
};
