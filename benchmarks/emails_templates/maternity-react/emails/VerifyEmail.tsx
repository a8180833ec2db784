import { Html, Text, Link } from '@react-email/components';

export default function VerifyEmail({ url }: { url: string }) {
  return (
    <Html>
      <Text>Confirm your email address to finish creating your account.</Text>
      <Link href={url}>Confirm</Link>
    </Html>
  );
}
